import type { Reached } from '../shapes/integration';
import { textOf } from '../shapes/values';
import type { Located, Reference } from '../template/evaluator';
import { symbolsOf } from '../template/text';
import { propertiesOf, type View } from './view';

const BALANCERS = ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'];

/** What is known of the host of a URL, where it is an attribute of a resource of the app. */
export function hostOf(view: View, integration: Located): Pick<Reached, 'internalBalancer' | 'signedUrl'> {
  const { app, pathOf } = view;
  const uri = app.property(integration, 'IntegrationUri') ?? '';
  const [, scheme = '', rest = ''] = /^(https?:\/\/)?(.*)$/is.exec(uri) ?? [];
  const [first] = symbolsOf(rest);
  const reference = first !== undefined && rest.startsWith(first) ? app.referenceOf(first) : undefined;
  if (!reference) { return {}; }
  const isHost = scheme !== '' && /^([/:?#]|$)/.test(rest.slice(first.length));
  return {
    internalBalancer: isHost && isInternal(view, reference) ? pathOf(reference.resource) : undefined,
    signedUrl: scheme === '' && wantsSignature(view, reference) ? pathOf(reference.resource) : undefined,
  };
}

/** Whether it is the DNS name of a load balancer that is not on the internet. */
function isInternal(view: View, { resource, attribute }: Reference): boolean {
  const isName = BALANCERS.includes(resource.type) && attribute === 'DNSName';
  return isName && textOf(propertiesOf(view, resource).Scheme) === 'internal';
}

/** Whether it is the URL of a function that only answers requests which are signed. */
function wantsSignature(view: View, { resource, attribute }: Reference): boolean {
  const isUrl = resource.type === 'AWS::Lambda::Url' && attribute === 'FunctionUrl';
  return isUrl && textOf(propertiesOf(view, resource).AuthType) === 'AWS_IAM';
}
