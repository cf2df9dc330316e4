import type { HttpRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpConnectionType, HttpIntegrationType, HttpMethod, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { HttpPrivateIntegrationOptions } from '../http/base-types';
import type { HttpTarget } from './http-integration';
import { HttpIntegrationBase } from './http-integration';
import type { Finding } from './rules/rule';
import { judge } from './rules/rule';
import { vpcLinkForListener } from './rules/targets';

/**
 * The way through a VPC link to a target that is known by its ARN.
 *
 * @internal
 */
export abstract class HttpPrivateIntegrationBase extends HttpIntegrationBase {
  constructor(id: string, private readonly _targetArn: string, private readonly _privateOptions: HttpPrivateIntegrationOptions) {
    super(id, _privateOptions);
  }

  /** @internal */
  protected override _target(options: HttpRouteIntegrationBindOptions): HttpTarget {
    return {
      type: HttpIntegrationType.HTTP_PROXY,
      uri: this._targetArn,
      method: this._privateOptions.method ?? HttpMethod.ANY,
      payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
      connectionType: HttpConnectionType.VPC_LINK,
      connectionId: this._vpcLinkId(options),
      secureServerName: this._privateOptions.secureServerName,
    };
  }

  /** @internal */
  protected override _findings(): Finding[] {
    const reachable = this._privateOptions.vpcLink !== undefined || this._vpc() !== undefined;
    return [...super._findings(), ...this._linkFindings(reachable)];
  }

  /**
   * What to say when neither a VPC link nor a VPC is known.
   * @internal
   */
  protected abstract _linkFindings(reachable: boolean): Finding[];

  /**
   * The VPC to make a link in.
   * @internal
   */
  protected _vpc(): ec2.IVpc | undefined {
    return this._privateOptions.vpc;
  }

  private _vpcLinkId(options: HttpRouteIntegrationBindOptions): string | undefined {
    const { vpcLink } = this._privateOptions;
    if (vpcLink) { return vpcLink.vpcLinkRef.vpcLinkId; }
    const vpc = this._vpc();
    return vpc && options.route.httpApi.addVpcLink({ vpc }).vpcLinkId;
  }
}

/** A load balancer listener; one that was made in this app knows its load balancer. */
interface Listener {
  readonly listenerArn: string;
  readonly loadBalancer?: IConstruct & { readonly vpc?: ec2.IVpc };
}

/**
 * A private integration whose target is a listener of a load balancer.
 *
 * @internal
 */
export abstract class HttpListenerIntegrationBase extends HttpPrivateIntegrationBase {
  constructor(id: string, private readonly _kind: string, private readonly _listener: Listener, options: HttpPrivateIntegrationOptions) {
    super(id, _listener.listenerArn, options);
  }

  /** @internal */
  protected override _linkFindings(reachable: boolean): Finding[] {
    return judge({ kind: this._kind, reachable, loadBalancer: this._listener.loadBalancer?.node.path }, vpcLinkForListener);
  }

  /** @internal */
  protected override _vpc(): ec2.IVpc | undefined {
    return super._vpc() ?? this._listener.loadBalancer?.vpc;
  }
}
