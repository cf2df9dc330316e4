import { protocolOf } from '../permissions/routes';
import { gatewayResources, propertiesOf, subject, type Subject, type View } from './view';

/** Models and responses, which only WebSocket APIs have. */
export function webSocketPartSubjects(view: View): Subject[] {
  return (['Model', 'RouteResponse', 'IntegrationResponse'] as const).flatMap((type) =>
    gatewayResources(view, type).map((part) => subject('websocket-part', part, {
      type, protocol: protocolOf(view.app, part), properties: propertiesOf(view, part), names: view.namesOf(part),
    })));
}
