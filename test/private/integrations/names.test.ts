import { readFileSync } from 'fs';
import { join } from 'path';
import { SERVICES } from '../../../lib/private/facts/services';
import { HTTP_SERVICE_NAMES } from '../../../lib/private/integrations/names';

/** The files of the classes of HTTP APIs, by the name that API Gateway gives their service. */
const FILES: { readonly [service: string]: string } = {
  AppConfig: 'appconfig', EventBridge: 'eventbridge', Kinesis: 'kinesis', SQS: 'sqs', StepFunctions: 'stepfunctions',
};

const services = SERVICES.filter(({ subtypes }) => subtypes);

test('each service with subtypes has a class', () => {
  expect(services.map(({ name }) => name).sort()).toEqual(Object.keys(FILES).sort());
});

describe.each(services)('$name', ({ name, subtypes = {}, target }) => {
  const source = readFileSync(join(__dirname, `../../../lib/http/${FILES[name!]}.ts`), 'utf8');
  const parameters = new Set(Object.values(subtypes).flatMap(({ required, optional }) => [...required, ...optional]));

  // The target is an argument or an option of its own, and all classes share `region`.
  const own = [...parameters].filter((it) => it !== target?.parameter && it !== 'Region');

  test.each(own)('has an option for %s', (parameter) => {
    expect(source).toMatch(new RegExp(`readonly ${HTTP_SERVICE_NAMES(`RequestParameters.${parameter}`)}\\??: `));
  });
});
