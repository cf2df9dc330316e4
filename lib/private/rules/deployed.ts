import type { Blocked, DeployedMove, DeployedTwin, KeyedType, PlaceInTemplate } from '../shapes/deployed';
import { quoted } from '../shapes/values';
import { rule, type OptionRule, type Rule } from './rule';

const UPDATES = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html';
const REFERENCE = 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference';

/** What each type is called. */
const NOUNS: { readonly [of in KeyedType]: string } = {
  Route: 'route',
  ApiMapping: 'API mapping',
  Stage: 'stage',
  Authorizer: 'authorizer',
  RouteResponse: 'route response',
  IntegrationResponse: 'integration response',
  DomainName: 'domain name',
};

/** A resource by its path, where it is known, and by its logical id. */
function placeText({ path, logicalId, stack }: PlaceInTemplate): string {
  const id = `the logical id '${logicalId}' in '${stack}'`;
  return path === undefined ? id : `'${path}' (${id})`;
}

function reasonOf({ blocked, wanting, holding }: DeployedTwin): string {
  const reasons: { readonly [it in Blocked]: string } = {
    'deleted-last': 'CloudFormation deletes it after everything is made',
    'retained': 'its policy keeps it when it is removed',
    'changed-later': 'it gets another key after the new one is made',
    'exchanged': 'they exchange their keys in one deployment',
    'stack-later': `the stack '${holding.stack}' is deployed after '${wanting.stack}'`,
    'stack-gone': `the stack '${holding.stack}' is not in the app, and stays as it is`,
  };
  return reasons[blocked];
}

const MOVE = 'Deploy twice, first without it, or move it with \'cdk refactor\'.';
const DELETE = 'delete what is deployed by hand when it is removed from its template.';

function fixOf({ of, blocked, wanting, holding }: DeployedTwin): string {
  const isInPlace = wanting.stack === holding.stack;
  const keep = `call overrideLogicalId('${holding.logicalId}') on the Cfn${of}`;
  switch (blocked) {
    case 'deleted-last':
      return isInPlace ? `Keep the logical id: ${keep}. Or deploy twice, first without it.` : MOVE;
    case 'retained':
      return isInPlace ? `Keep the logical id: ${keep}. Or ${DELETE}` : `Remove the policy, or ${DELETE}`;
    case 'stack-later':
      return MOVE;
    case 'stack-gone':
      return `Delete the stack '${holding.stack}' before. If it is deleted, remove its template from the folder.`;
    default:
      return 'Deploy twice, first without one of them.';
  }
}

const ofOwner = (owner: string) => owner === '' ? '' : ` of '${owner}'`;

function conflictText(twin: DeployedTwin): string {
  const { of, key, owner, wanting, holding } = twin;
  const other = holding.key === key ? 'has its key' : `has the key ${quoted(holding.key)}`;
  return `The ${NOUNS[of]} ${quoted(key)}${ofOwner(owner)} is made as ${placeText(wanting)} while what is deployed as `
    + `${placeText(holding)} still ${other}, since ${reasonOf(twin)}. Expected one at a time. ${fixOf(twin)}`;
}

const KEEP = 'Keep the logical id with `overrideLogicalId`, or deploy twice: first without it, then with it.';
const ORDER = 'CloudFormation makes what is new before it deletes what is old, and API Gateway refuses the second one '
  + 'with 409 while both exist. The deployment is rolled back.';

/** What differs between the rules of a key that is taken. */
interface Taken {
  readonly id: string;
  readonly of: KeyedType;
  readonly when: string;
  readonly source: string;
  readonly says?: string;
  readonly fix?: string;
  readonly isIt?: (twin: DeployedTwin) => boolean;
}

function takenRule({ id, of, when, source, says, fix = KEEP, isIt = () => true }: Taken): Rule {
  return rule({
    id,
    severity: 'error',
    kind: 'deployed-twin',
    when,
    why: ORDER,
    fix,
    source,
    ...says !== undefined && { says },
    check: (twin) => twin.of === of && isIt(twin) ? conflictText(twin) : undefined,
  });
}

const hasSameKey = ({ key, holding }: DeployedTwin) => key === holding.key;

function moveText({ of, key, owner, wanting, holding }: DeployedMove): string {
  return `The ${NOUNS[of]} ${quoted(key)}${ofOwner(owner)} moves from ${placeText(holding)} to ${placeText(wanting)}, `
    + 'expected its old stack to be deployed first, since API Gateway takes the key once. '
    + `Let the stack '${wanting.stack}' depend on '${holding.stack}' (addDependency), or deploy '${holding.stack}' `
    + 'first.';
}

export const deployedRules = [
  takenRule({
    id: 'deployed-route',
    of: 'Route',
    when: 'A route is made whose key a route has that is deployed under another logical id of the same API.',
    source: 'https://github.com/anomalyco/sst/issues/513',
    says: 'Route with key GET /test already exists for this API',
    isIt: hasSameKey,
  }),
  takenRule({
    id: 'deployed-route-variable',
    of: 'Route',
    when: 'A route of an HTTP API is made that differs from one which is deployed under another logical id only in the '
      + 'names of path variables.',
    fix: `${KEEP} A route of its own (\`new HttpRoute(...)\`) keeps its logical id when its key changes.`,
    source: 'https://github.com/plutomi/plutomi/issues/271',
    says: 'The provided route key "GET /books/{isbn}" has a conflicting variable on the same hierarchical level '
      + 'as "GET /books/{id}"',
    isIt: (twin) => !hasSameKey(twin),
  }),
  takenRule({
    id: 'deployed-api-mapping',
    of: 'ApiMapping',
    when: 'An API mapping is made whose path a mapping of the domain name has that is deployed under another logical '
      + 'id.',
    source: 'https://github.com/aws/aws-cdk/issues/22660',
    says: 'ApiMapping key already exists for this domain name',
  }),
  takenRule({
    id: 'deployed-stage',
    of: 'Stage',
    when: 'A stage is made whose name a stage of the API has that is deployed under another logical id.',
    source: `${REFERENCE}/apis-apiid-stages.html`,
  }),
  takenRule({
    id: 'deployed-authorizer',
    of: 'Authorizer',
    when: 'An authorizer is made whose name an authorizer of the API has that is deployed under another logical id.',
    source: 'https://github.com/aws/aws-cdk/issues/20170',
    says: 'Authorizer name must be unique. Authorizer … already exists in this RestApi.',
  }),
  takenRule({
    id: 'deployed-route-response',
    of: 'RouteResponse',
    when: 'A route response is made whose key a response of the route has that is deployed under another logical id.',
    source: `${REFERENCE}/apis-apiid-routes-routeid-routeresponses.html`,
  }),
  takenRule({
    id: 'deployed-integration-response',
    of: 'IntegrationResponse',
    when: 'An integration response is made whose key a response of the integration has that is deployed under another '
      + 'logical id.',
    source: `${REFERENCE}/apis-apiid-integrations-integrationid-integrationresponses.html`,
  }),
  takenRule({
    id: 'deployed-domain-name',
    of: 'DomainName',
    when: 'A domain name is made that is deployed under another logical id.',
    source: 'https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1151',
    says: 'The domain name you provided already exists',
  }),
  rule({
    id: 'deployed-stack-order',
    severity: 'warning',
    kind: 'deployed-move',
    when: 'A route, or something else that is unique, moves to another stack, and neither stack depends on the other.',
    why: 'If the new stack is deployed first, API Gateway refuses with 409 what the old stack still has. In the other '
      + 'order it is missing in between.',
    fix: 'Let the new stack depend on the old one: `newStack.addDependency(oldStack)`.',
    source: 'https://docs.aws.amazon.com/cdk/v2/guide/stacks.html',
    check: moveText,
  }),
  rule({
    id: 'deployed-replacement',
    severity: 'warning',
    kind: 'deployed-replacement',
    when: 'An API, a VPC link or a domain name that is deployed is replaced by a new one.',
    why: 'A new API has another id and another URL. A new VPC link and a new domain name take minutes, and connections '
      + 'through the old one end when it is deleted.',
    fix: 'Keep the logical id and what the message names. Otherwise make the new one beside the old one, move the '
      + 'clients, and remove the old one later.',
    source: UPDATES,
    check: ({ of, now, before, properties }) => {
      const what = { Api: 'API', VpcLink: 'VPC link', DomainName: 'domain name' }[of];
      const loss = of === 'Api' ? 'Its id and its URL change, and connections end.' : 'Connections through it end.';
      const cause = properties.length > 0 ? `since ${properties.map((it) => `'${it}'`).join(' and ')} changed`
        : `since its logical id was '${before.logicalId}' in '${before.stack}'`;
      const fix = properties.length > 0 ? 'Keep what is deployed, or make another one beside it and move the clients.'
        : `Keep the logical id: call overrideLogicalId('${before.logicalId}') on the Cfn${of}.`;
      return `The ${what} ${placeText(now)} is made anew in place of what is deployed, ${cause}, expected an update. `
        + `${loss} ${fix}`;
    },
  }),
  rule({
    id: 'deployed-integration-api',
    severity: 'warning',
    kind: 'deployed-integration',
    when: 'An integration that is deployed gets another API.',
    why: 'CloudFormation makes a new integration and deletes the old one. Routes of the old API that use it fail.',
    fix: 'Give the integration of the other API an id of its own.',
    source: UPDATES,
    check: ({ path, before, now }) => `The integration '${path}' moves from the API '${before}' to '${now}', expected `
      + 'it to stay. It is made anew, and what uses it in the old API fails. Give the integration of the other API an '
      + 'id of its own.',
  }),
];

/** What keeps an app from being compared, as a whole or in part, and the folder. */
export interface NotCompared {
  readonly folder: string;
  readonly isPart: boolean;
  readonly problems: readonly string[];
}

export const deployedNotCompared: OptionRule<NotCompared> = {
  id: 'deployed-not-compared',
  severity: 'warning',
  kind: 'option',
  when: 'The folder of `deployed` is missing, is not of this app, or lacks templates.',
  why: 'What is not there is not compared with the app.',
  fix: 'Pass the `cdk.out` of the last release, or a folder with a file `<stack name>.template.json` for each stack. '
    + 'A stack that was never deployed needs none: acknowledge the warning.',
  source: 'this library',
  check: ({ folder, isPart, problems }) => {
    const done = isPart ? 'compared in part' : 'not compared';
    return problems.map((problem) => `The app was ${done} with the folder '${folder}' of 'deployed': ${problem}. `
      + 'Expected the templates of what is deployed. Copy the \'cdk.out\' of the last release, or write '
      + '\'aws cloudformation get-template\' of each stack to \'<stack name>.template.json\'.');
  },
};
