import type { CfnIntegration, HttpRouteIntegrationBindOptions, ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpConnectionType, HttpIntegrationType, HttpMethod, MappingValue, PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Port, type Connections, type IConnectable, type ISecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { aws_apigatewayv2 as apigwv2 } from 'aws-cdk-lib/interfaces';
import type { IConstruct } from 'constructs';
import type { HttpPrivateIntegrationOptions } from '../../options/http-options';
import type { HttpTarget } from './http-integration';
import { environmentOf, HttpIntegrationBase } from './http-integration';
import { resourceOf } from '../output/resource';
import { toParameterMapping } from './http-mapping';
import type { FoundOn } from '../output/findings';
import { judge } from '../rules';
import {
  stripStagePath, vpcLinkForListener, vpcLinkOptions, vpcLinkSecurityGroups, vpcLinkSubnets,
} from '../rules/private-targets';
import { joined, judgeOptions, NO_FINDINGS, type Finding } from '../rules/rule';
import type { Reached } from '../shapes/integration';
import { countLink, reachedLink, vpcLinkFor, type LinksOfRegion } from './vpc-links';

/**
 * The way through a VPC link to a target that is known by its ARN.
 *
 * @internal
 */
export abstract class HttpPrivateIntegrationBase extends HttpIntegrationBase {
  /** @internal */
  protected readonly _privateOptions: HttpPrivateIntegrationOptions;
  private _link?: apigwv2.IVpcLinkRef;
  private _linksOfRegion?: LinksOfRegion;
  private _notOpened?: readonly Finding[];

  constructor(id: string, private readonly _targetArn: string, options: HttpPrivateIntegrationOptions) {
    super(id, options);
    this._privateOptions = options;
  }

  /**
   * The VPC link through which the target is reached, given or made.
   *
   * Can be read once a route uses the integration; before that it throws.
   */
  public get vpcLink(): apigwv2.IVpcLinkRef {
    return this._link ?? this._binding.throwNotBound('vpcLink');
  }

  /** @internal */
  protected override _target(options: HttpRouteIntegrationBindOptions): HttpTarget {
    const { method, secureServerName } = this._privateOptions;
    this._link = this._linkFor(options);
    return {
      type: HttpIntegrationType.HTTP_PROXY,
      uri: this._targetArn,
      method: method ?? HttpMethod.ANY,
      payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
      connectionType: HttpConnectionType.VPC_LINK,
      connectionId: this._link.vpcLinkRef.vpcLinkId,
      secureServerName,
      parameterMapping: this._mapping(),
    };
  }

  /** @internal */
  protected override _optionFindings(): readonly Finding[] {
    const vpc = this._vpc();
    const { vpcLink, subnets } = this._privateOptions;
    const ofOptions = joined(
      judgeOptions(this._privateOptions, vpcLinkOptions), judgeOptions(this._privateOptions, stripStagePath));
    const ofLink = joined(
      this._linkFindings(vpcLink !== undefined || vpc !== undefined),
      vpc && !vpcLink && !subnets ? judgeOptions(vpc, vpcLinkSubnets) : NO_FINDINGS);
    return joined(ofOptions, ofLink);
  }

  /** @internal */
  protected override _reached(): Reached {
    return { vpcLink: reachedLink(this._privateOptions.vpcLink) };
  }

  /** @internal */
  protected override _findingsAtSynth(): readonly Finding[] {
    return joined(super._findingsAtSynth(), this._notOpened ?? NO_FINDINGS);
  }

  /** @internal */
  public override _foundAtSynth(integration: IConstruct): FoundOn[] {
    const found = super._foundAtSynth(integration);
    if (!this._linksOfRegion) { return found; }
    const { links, where } = this._linksOfRegion;
    return [...found, { construct: [...links][0], findings: judge('vpc-links', { links: links.size, where }) }];
  }

  /** @internal */
  public override _complete(resource: CfnIntegration): void {
    const { httpApi } = this._binding.routes[0];
    this._linksOfRegion = countLink(httpApi, this._link!);
    super._complete(resource);
  }

  /**
   * What to say when neither a VPC link nor a VPC is known.
   * @internal
   */
  protected _linkFindings(_reachable: boolean): readonly Finding[] {
    return NO_FINDINGS;
  }

  /**
   * The VPC to make a link in.
   * @internal
   */
  protected _vpc(): IVpc | undefined {
    return this._privateOptions.vpc;
  }

  /**
   * Lets a security group of the link reach the target.
   * @internal
   */
  protected _open(_group: ISecurityGroup): readonly Finding[] {
    return NO_FINDINGS;
  }

  private _linkFor({ route }: HttpRouteIntegrationBindOptions): apigwv2.IVpcLinkRef {
    const { vpcLink, securityGroups } = this._privateOptions;
    if (vpcLink) { return vpcLink; }
    this._notOpened ??= securityGroups?.flatMap((group) => this._open(group)).slice(0, 1) ?? NO_FINDINGS;
    return vpcLinkFor(route.httpApi, this._vpc()!, this._privateOptions);
  }

  private _mapping(): ParameterMapping | undefined {
    const { parameterMapping, stripStage } = this._privateOptions;
    if (!stripStage) { return parameterMapping; }
    return toParameterMapping({ ...parameterMapping?.mappings, 'overwrite:path': MappingValue.requestPath().value });
  }
}

/** A load balancer listener; one that was made in this app knows its load balancer. */
interface Listener extends IConstruct {
  readonly listenerArn: string;
  readonly env: { readonly account: string; readonly region: string };
  readonly connections?: Connections;
  readonly loadBalancer?: IConstruct & Partial<IConnectable> & { readonly vpc?: IVpc };
}

/**
 * A private integration whose target is a listener of a load balancer.
 *
 * @internal
 */
export abstract class HttpListenerIntegrationBase extends HttpPrivateIntegrationBase {
  constructor(
    id: string,
    private readonly _kind: string,
    private readonly _listener: Listener,
    options: HttpPrivateIntegrationOptions,
  ) {
    super(id, _listener.listenerArn, options);
  }

  /** @internal */
  protected override _linkFindings(reachable: boolean): readonly Finding[] {
    const { loadBalancer } = this._listener;
    return judgeOptions({ kind: this._kind, reachable, loadBalancer }, vpcLinkForListener);
  }

  /** @internal */
  protected override _reached(): Reached {
    return {
      environment: environmentOf(this._listener),
      vpcLink: reachedLink(this._privateOptions.vpcLink),
      listener: { protocol: this._resource()?.protocol },
    };
  }

  /** @internal */
  protected override _vpc(): IVpc | undefined {
    return super._vpc() ?? this._listener.loadBalancer?.vpc;
  }

  /** @internal */
  protected override _open(group: ISecurityGroup): readonly Finding[] {
    const { loadBalancer } = this._listener;
    const connections = this._listener.connections ?? loadBalancer?.connections;
    const own = this._resource()?.port;
    const port = this._listener.connections?.defaultPort ?? (own === undefined ? undefined : Port.tcp(own));
    if (!connections || !port) {
      const option = this._kind === 'Application' ? 'its port as \'defaultPort\'' : 'a listener of this app';
      return judgeOptions({ opened: false, option }, vpcLinkSecurityGroups);
    }
    // Rules live in the stack of the group, so that the stack of the listener does not depend on it.
    if (group.allowAllOutbound) {
      for (const listenerGroup of connections.securityGroups) {
        listenerGroup.addIngressRule(group, port, undefined, true);
      }
    } else {
      group.connections.allowTo({ connections }, port);
    }
    return NO_FINDINGS;
  }

  private _resource(): CfnListener | undefined {
    return resourceOf(this._listener) as CfnListener | undefined;
  }
}
