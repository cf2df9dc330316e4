import { HttpApi, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { partsOf } from '../../../lib/private/integrations/app-parts';
import { newStack } from '../../util';

test('an app is read once for all that ask in one task, and anew after it', async () => {
  const stack = newStack();
  const httpApi = new HttpApi(stack, 'Api', { createDefaultStage: false });
  const before = partsOf(httpApi);
  expect(partsOf(stack)).toBe(before);
  expect([...before.stages.values()]).toEqual([]);

  new HttpStage(stack, 'Stage', { httpApi, stageName: 'prod' });
  await Promise.resolve();
  expect([...partsOf(stack).stages.values()].flat()).toHaveLength(1);
});
