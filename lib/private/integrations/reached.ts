import { Token } from 'aws-cdk-lib';
import type { CfnQueue, IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Reached } from '../shapes/integration';
import { flagOf, jsonOf } from '../shapes/values';
import { resourceOf } from '../output/resource';

/** What is known of a queue. */
export function queueOf(queue: IQueue): Reached['queue'] {
  const resource = resourceOf(queue) as CfnQueue | undefined;
  const name = queue.queueName;
  // The name of an imported queue tells its type, unless the name is only known at deployment.
  if (!resource && Token.isUnresolved(name) && !queue.fifo) { return undefined; }
  const given = resource?.contentBasedDeduplication;
  return { fifo: queue.fifo, deduplicates: resource ? flagOf(jsonOf(given ?? false)) : undefined };
}
