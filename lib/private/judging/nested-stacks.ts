import { certainlyDependsOn } from '../template/dependencies';
import type { Evaluator, Located } from '../template/evaluator';
import { subject, type Subject, type View } from './view';

/** Nested stacks of one template that wait for each other, where one of them may have a part of API Gateway v2. */
export function nestedStackSubjects({ app, pathOf }: View): Subject[] {
  const inLoops = new Set<Located>();
  return app.ofType('AWS::CloudFormation::Stack').flatMap((nested) => {
    if (inLoops.has(nested) || !certainlyDependsOn(app, nested, nested)) { return []; }
    const loop = app.ofType(nested.type).filter((other) =>
      certainlyDependsOn(app, nested, other) && certainlyDependsOn(app, other, nested));
    loop.forEach((it) => inLoops.add(it));
    if (!loop.some((it) => mayHaveGatewayParts(app, it))) { return []; }
    return [subject('nested-stacks', nested, { paths: loop.map(pathOf) })];
  });
}

/** Whether a nested stack, or one nested in it, has a part of API Gateway v2, or is not in the app. */
function mayHaveGatewayParts(app: Evaluator, nested: Located): boolean {
  const template = app.nestedIn(nested);
  return template === undefined || app.resourcesOf(template).some((it) =>
    it.type.startsWith('AWS::ApiGatewayV2::') || (it.type === nested.type && mayHaveGatewayParts(app, it)));
}
