import { HttpIntegrationSubtype, type MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { aws_events as events } from 'aws-cdk-lib/interfaces';
import type { HttpServiceIntegrationOptions } from '../options/http-options';
import { assertGiven } from '../private/integrations/given';
import { HttpServiceIntegrationBase, type HttpService } from '../private/integrations/http-service-integration';
import { joined, judgeOptions, type Finding } from '../private/rules/rule';
import { exactlyOneBus } from '../private/rules/services';

/**
 * Properties of `HttpEventBridgeIntegration`.
 */
export interface HttpEventBridgeIntegrationProps extends HttpServiceIntegrationOptions {
  /**
   * The event bus. Exactly one of `eventBus` and `eventBusRef` is given.
   *
   * @default - the bus of `eventBusRef`
   */
  readonly eventBus?: IEventBus;

  /**
   * The name and the ARN of the event bus. Exactly one of `eventBus` and `eventBusRef` is given.
   *
   * @default - the bus of `eventBus`
   */
  readonly eventBusRef?: events.EventBusReference;

  /**
   * What is done with the event bus.
   *
   * @default HttpIntegrationSubtype.EVENTBRIDGE_PUT_EVENTS
   */
  readonly subtype?: HttpIntegrationSubtype;

  /**
   * The JSON of the event.
   *
   * An entry holds at most 256 KB.
   *
   * @default - `$request.body.Detail`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
   */
  readonly detail?: MappingValue;

  /**
   * What the event is about, 1 to 128 characters.
   *
   * @default - `$request.body.DetailType`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
   */
  readonly detailType?: MappingValue;

  /**
   * Where the event comes from.
   *
   * @default - `$request.body.Source`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
   */
  readonly source?: MappingValue;

  /**
   * The time of the event.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
   */
  readonly time?: MappingValue;

  /**
   * The ARNs that the event concerns, as a JSON list.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
   */
  readonly resources?: MappingValue;

  /**
   * The AWS X-Ray trace header.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
   */
  readonly traceHeader?: MappingValue;
}

/**
 * Puts events on an Amazon EventBridge event bus without a function in between.
 *
 * Creates an integration of type `AWS_PROXY` and, unless `role` is given, a role that may put events on the bus. A call
 * to a bus that does not exist succeeds, and the event is lost.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html#EventBridge-PutEvents
 */
export class HttpEventBridgeIntegration extends HttpServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props The event bus, and options of the integration
   */
  constructor(id: string, private readonly props: HttpEventBridgeIntegrationProps) {
    assertGiven(new.target, id, { props });
    super(id, props);
  }

  /** @internal */
  protected override _describeService(): HttpService {
    const { eventBus, eventBusRef, subtype } = this.props;
    return {
      name: 'EventBridge',
      subtype: subtype ?? HttpIntegrationSubtype.EVENTBRIDGE_PUT_EVENTS,
      target: { EventBusName: (eventBus ?? eventBusRef)?.eventBusName ?? '' },
      parameters: {
        Detail: this.props.detail,
        DetailType: this.props.detailType,
        Source: this.props.source,
        Time: this.props.time,
        Resources: this.props.resources,
        TraceHeader: this.props.traceHeader,
      },
      region: eventBus?.env.region,
    };
  }

  /** @internal */
  protected override _statements(): PolicyStatement[] {
    const { eventBus, eventBusRef } = this.props;
    return [new PolicyStatement({
      sid: 'AllowEventBridgePutEvents',
      actions: ['events:PutEvents'],
      resources: [(eventBus ?? eventBusRef)!.eventBusArn],
    })];
  }

  /** @internal */
  protected override _optionFindings(): readonly Finding[] {
    const given = [this.props.eventBus, this.props.eventBusRef].filter((bus) => bus !== undefined).length;
    return joined(super._optionFindings(), judgeOptions(given, exactlyOneBus));
  }
}
