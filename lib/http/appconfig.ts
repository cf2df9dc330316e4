import { Stack } from 'aws-cdk-lib';
import { HttpIntegrationSubtype, type MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IApplication, IConfiguration, IEnvironment } from 'aws-cdk-lib/aws-appconfig';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { HttpServiceIntegrationOptions } from '../options/http-options';
import { assertGiven } from '../private/integrations/given';
import { HttpServiceIntegrationBase, type HttpService } from '../private/integrations/http-service-integration';
import { placeOf } from '../private/integrations/places';

/**
 * Properties of `HttpAppConfigIntegration`.
 */
export interface HttpAppConfigIntegrationProps extends HttpServiceIntegrationOptions {
  /**
   * The application.
   */
  readonly application: IApplication;

  /**
   * The environment of the application.
   */
  readonly environment: IEnvironment;

  /**
   * The configuration that is returned.
   */
  readonly configuration: IConfiguration;

  /**
   * The id of the client that asks, 1 to 64 characters.
   *
   * @default - `$request.body.ClientId`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_GetConfiguration.html
   */
  readonly clientId?: MappingValue;

  /**
   * The version of the configuration that the client has.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_GetConfiguration.html
   */
  readonly clientConfigurationVersion?: MappingValue;
}

/**
 * Returns a configuration of AWS AppConfig without a function in between.
 *
 * Creates an integration of type `AWS_PROXY` and, unless `role` is given, a role that may get the configuration of the
 * application in the environment. AWS AppConfig has deprecated the action `GetConfiguration`; API Gateway offers no
 * other.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html#AppConfig-GetConfiguration
 */
export class HttpAppConfigIntegration extends HttpServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props What to return, and options of the integration
   */
  constructor(id: string, private readonly props: HttpAppConfigIntegrationProps) {
    assertGiven(new.target, id, { props }, ['application', 'environment', 'configuration']);
    super(id, props);
  }

  /** @internal */
  protected override _describeService(): HttpService {
    const { application, environment, configuration } = this.props;
    return {
      subtype: HttpIntegrationSubtype.APPCONFIG_GET_CONFIGURATION,
      target: {
        Application: application.applicationId,
        Environment: environment.environmentId,
        Configuration: configuration.configurationProfileId,
      },
      parameters: {
        ClientId: this.props.clientId,
        ClientConfigurationVersion: this.props.clientConfigurationVersion,
      },
      region: placeOf(application.applicationArn, application).region,
    };
  }

  /** @internal */
  protected override _statements(): PolicyStatement[] {
    const { application, environment, configuration, region } = this.props;
    const arn = arnOf(application, region);
    return [new PolicyStatement({
      sid: 'AllowAppConfigGetConfiguration',
      actions: ['appconfig:GetConfiguration'],
      resources: [
        arn,
        `${arn}/environment/${environment.environmentId}`,
        `${arn}/configurationprofile/${configuration.configurationProfileId}`,
      ],
    })];
  }
}

/** Returns the ARN of an application in the region that the user gave, or where the application is. */
function arnOf(application: IApplication, region: string | undefined): string {
  const { applicationArn, applicationId } = application;
  const { account } = placeOf(applicationArn, application);
  return region === undefined ? applicationArn : Stack.of(application).formatArn({
    service: 'appconfig', region, account, resource: 'application', resourceName: applicationId,
  });
}
