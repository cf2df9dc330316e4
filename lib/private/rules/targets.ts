import { Token } from 'aws-cdk-lib';
import type { Rule } from './rule';

/** The most characters that `IntegrationUri` holds. */
const MAX_URI_LENGTH = 2048;

/** A scheme and a host; a stage variable may stand for either or both. */
const HTTP_URL = /^(https?:\/\/[^\s/?#]|\$\{stageVariables\.)/i;

export const httpUrl: Rule<string> = {
  id: 'http-url',
  severity: 'error',
  when: 'The URL of an HTTP proxy integration does not start with `http://` or `https://` and a host, contains white space, or is longer than 2,048 characters.',
  why: 'API Gateway refuses the integration at deployment.',
  fix: 'Pass the full URL, for example `https://example.com/books/{id}`.',
  check: (url) => {
    if (Token.isUnresolved(url)) { return undefined; }
    if (url.length > MAX_URI_LENGTH) {
      return `The URL of the integration has ${url.length} characters, expected at most ${MAX_URI_LENGTH}. Shorten the URL.`;
    }
    if (!HTTP_URL.test(url) || /\s/.test(url)) {
      return `The URL of the integration is ${JSON.stringify(url)}, expected a full http:// or https:// URL without white space. `
        + 'Pass the scheme and the host as well, for example \'https://example.com/books\'.';
    }
    return undefined;
  },
};

/** What is known of the way from a private integration to its load balancer. */
export interface PrivateTarget {
  /** `Application` or `Network`. */
  readonly kind: string;
  /** Whether a VPC link or a VPC to make one in is known. */
  readonly reachable: boolean;
  /** Construct path of the load balancer; `undefined` for an imported listener. */
  readonly loadBalancer?: string;
}

export const vpcLinkForListener: Rule<PrivateTarget> = {
  id: 'vpc-link-for-listener',
  severity: 'error',
  when: 'A load balancer integration gets neither `vpcLink` nor `vpc`, and the VPC of the load balancer is not known because the listener or the load balancer is imported.',
  why: 'A private integration reaches its target through a VPC link, and a link is made in a VPC.',
  fix: 'Pass `vpcLink`, or `vpc` for a link that is made for you, or import the load balancer together with its VPC.',
  check: ({ kind, reachable, loadBalancer }) => {
    if (reachable) { return undefined; }
    return loadBalancer === undefined
      ? `The vpcLink property must be specified when using an imported ${kind} Listener. `
      + 'The listener is imported, so its VPC is not known. Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you.'
      : `The VPC of the load balancer '${loadBalancer}' is not known, because it was imported without its VPC. `
        + 'Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you, or import the load balancer with its VPC (\'vpc\' in its attributes).';
  },
};

export const vpcLinkForService: Rule<boolean> = {
  id: 'vpc-link-for-service',
  severity: 'error',
  when: 'A Cloud Map integration gets neither `vpcLink` nor `vpc`.',
  why: 'A private integration reaches its target through a VPC link, and a Cloud Map service does not tell its VPC.',
  fix: 'Pass `vpcLink`, or `vpc` for a link that is made for you.',
  check: (reachable) => reachable ? undefined
    : 'The vpcLink property is mandatory, unless \'vpc\' is given. A Cloud Map service does not tell the VPC of its instances. '
      + 'Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you.',
};

export const targetRules = [httpUrl, vpcLinkForListener, vpcLinkForService];
