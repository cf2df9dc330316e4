import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  CloudFormationClient, CreateStackCommand, DescribeStackEventsCommand, DescribeStackResourcesCommand,
  DescribeStacksCommand, UpdateStackCommand, type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Resource, Template } from '../../lib/private/template/evaluator';
import { sleep } from './emulator';

/** What the emulator cannot do, and is left out of what is deployed. */
export const LEFT_OUT: Record<string, string> = {
  'AWS::ApiGatewayV2::RouteResponse': 'the emulator has no such resource; it answers on the socket without one',
};

/** The shop of the bookstore; the back office needs VPC links, which the emulator does not have. */
export function synthesizeShop(catalogue: string): Template {
  const out = mkdtempSync(join(tmpdir(), 'bookstore-'));
  process.env.CDK_OUTDIR = out;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ catalogue });
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an example is a program; loading it runs it
    require('../../examples/bookstore');
    return new CloudAssembly(out).getStackByName('Shop').template as Template;
  } finally {
    delete process.env.CDK_OUTDIR;
    delete process.env.CDK_CONTEXT_JSON;
    rmSync(out, { recursive: true });
  }
}

/** A template with other resources. */
export function withResources(
  template: Template, change: (id: string, resource: Resource) => Resource | undefined,
): Template {
  const resources = Object.entries(template.Resources!).map(([id, resource]) => [id, change(id, resource)] as const);
  return {
    ...template,
    Resources: Object.fromEntries(resources.filter(([, resource]) => resource)) as Template['Resources'],
  };
}

/** What the emulator can deploy of a template. */
export function deployable(template: Template): Template {
  // Whether the account was bootstrapped is not asked of an emulator.
  const withoutBootstrap = Object.fromEntries(Object.entries(template)
    .filter(([section]) => section !== 'Parameters' && section !== 'Rules'));
  return withResources(withoutBootstrap, (_, resource) => resource.Type in LEFT_OUT ? undefined : resource);
}

/** A stack that was deployed: the physical ids, by logical id. */
export type Deployed = Record<string, string>;

export class Deployer {
  private readonly client: CloudFormationClient;

  constructor(port: number) {
    this.client = new CloudFormationClient({
      endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  }

  /** Deploys a template, and fails with what the emulator says when it cannot. */
  public async deploy(StackName: string, template: Template): Promise<Deployed> {
    await this.client.send(new CreateStackCommand({
      StackName,
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM'],
    }));
    await this.completed(StackName, 'CREATE_COMPLETE');
    const { StackResources = [] } = await this.client.send(new DescribeStackResourcesCommand({ StackName }));
    return Object.fromEntries(StackResources.map((it) => [it.LogicalResourceId!, it.PhysicalResourceId!]));
  }

  /** Updates a stack, and returns what happened to its resources, in order: `<logical id> <status>`. */
  public async update(StackName: string, template: Template): Promise<string[]> {
    const before = (await this.eventsOf(StackName)).length;
    await this.client.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
    await this.completed(StackName, 'UPDATE_COMPLETE');
    const events = (await this.eventsOf(StackName)).slice(before);
    return events.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`);
  }

  /** The events of a stack, the first one first. */
  private async eventsOf(StackName: string): Promise<StackEvent[]> {
    const { StackEvents = [] } = await this.client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.reverse();
  }

  /** Waits until a stack has a status, and fails with what the emulator says when it gets another one. */
  private async completed(StackName: string, expected: string): Promise<void> {
    for (;;) {
      const { Stacks: [{ StackStatus }] } = await this.client.send(new DescribeStacksCommand({ StackName })) as {
        Stacks: { StackStatus: string }[];
      };
      if (StackStatus === expected) { return; }
      if (!StackStatus.endsWith('_IN_PROGRESS')) {
        const reasons = (await this.eventsOf(StackName)).reverse().filter((it) => it.ResourceStatusReason);
        throw new Error(reasons.map((it) => `${it.LogicalResourceId}: ${it.ResourceStatusReason}`).join('\n'));
      }
      await sleep(50);
    }
  }

  public stop(): void {
    this.client.destroy();
  }
}
