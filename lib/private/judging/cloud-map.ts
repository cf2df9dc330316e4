import type { CloudMapInstances } from '../shapes/integration';
import { entriesOf, isGiven, listOf, mapOf, textOf, Unknown } from '../shapes/values';
import { groupBy, listOf as elementsOf, oncePerApp, type Located } from '../template/evaluator';
import { propertiesOf, type View } from './view';

const instancesByService = oncePerApp((app) => {
  const serviceOf = ({ stack, properties }: Located) => app.reference(stack, properties.ServiceId)?.resource;
  return groupBy(app.ofType('AWS::ServiceDiscovery::Instance'), serviceOf);
});

/** The Cloud Map services that services of Amazon ECS register their tasks with. */
const servicesOfTasks = oncePerApp((app) => new Set(app.ofType('AWS::ECS::Service').flatMap((service) =>
  elementsOf(service.properties.ServiceRegistries).flatMap((it) => {
    const { RegistryArn: arn } = (it ?? {}) as { RegistryArn?: unknown };
    return arn === undefined ? [] : app.reference(service.stack, arn)?.resource ?? [];
  }))));

/** What is known of the instances of a Cloud Map service of the app. */
export function instancesOf(view: View, service: Located): CloudMapInstances {
  const { app } = view;
  const properties = propertiesOf(view, service);
  const config = mapOf(properties.DnsConfig);
  const isOfTasks = servicesOfTasks(app).has(service);
  const [record] = listOf(config?.DnsRecords);
  return {
    service: () => view.pathOf(service),
    ecsRecordType: isOfTasks ? textOf(mapOf(record)?.Type) : undefined,
    lacksEcsHealth: isOfTasks && !isGiven(properties.HealthCheckCustomConfig) && !isGiven(properties.HealthCheckConfig),
    instances: (instancesByService(app).get(service) ?? []).flatMap((instance) => {
      const { InstanceAttributes: attributes } = propertiesOf(view, instance);
      return attributes instanceof Unknown ? [] : [entriesOf(attributes).map(([name]) => name)];
    }),
  };
}
