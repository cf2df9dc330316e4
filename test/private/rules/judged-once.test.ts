import { Lazy } from 'aws-cdk-lib';
import { judgeIntegration, RULES } from '../../../lib/private/rules';
import type { Rule } from '../../../lib/private/rules/rule';
import type { MadeIntegration } from '../../../lib/private/shapes/made-integration';

const timeoutRule = RULES.find(({ id }) => id === 'lambda-timeout') as Rule;
const tokenOf = (name: string) => Lazy.string({ produce: () => name });

const invoking = (uri: string, path: string, seconds = 3): MadeIntegration => ({
  protocol: 'HTTP',
  names: (name) => name,
  environment: {},
  reached: { handler: { path: () => path, seconds, isAwaited: true } },
  emitted: { IntegrationType: 'AWS_PROXY', IntegrationUri: uri, PayloadFormatVersion: '2.0' },
});

test('integrations that differ in tokens and in paths only are judged once, and others each', () => {
  const check = jest.spyOn(timeoutRule, 'check');
  expect(judgeIntegration(invoking(tokenOf('one'), 'Shop/One'))).toEqual([]);
  expect(judgeIntegration(invoking(tokenOf('two'), 'Shop/Two'))).toEqual([]);
  expect(check).toHaveBeenCalledTimes(1);

  expect(judgeIntegration(invoking(`${tokenOf('two')}:live`, 'Shop/Two'))).toEqual([]);
  expect(check).toHaveBeenCalledTimes(2);
});

test('what is found is said of each, by its own path', () => {
  const said = ['Shop/Slow', 'Shop/Slower'].map((path) => judgeIntegration(invoking(tokenOf(path), path, 60)));
  expect(said).toEqual([
    [expect.objectContaining({ id: 'lambda-timeout', message: expect.stringContaining('\'Shop/Slow\'') as string })],
    [expect.objectContaining({ id: 'lambda-timeout', message: expect.stringContaining('\'Shop/Slower\'') as string })],
  ]);
});
