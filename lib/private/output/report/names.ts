import type { Evaluator, Located } from '../../template/evaluator';
import { replaceSymbols, type Text } from '../../template/text';

/** A text for readers: the path of a resource, or a text with what is known at deployment in angle brackets. */
export function readable(app: Evaluator, text: Text, pathOf: (resource: Located) => string): string {
  const whole = app.referenceOf(text);
  return whole ? pathOf(whole.resource) : replaceSymbols(text, (symbol) => nameOfSymbol(app, symbol));
}

/** The resources that a text refers to, in its order, each once. */
export function resourcesIn(app: Evaluator, text: Text): Located[] {
  const found = new Set<Located>();
  replaceSymbols(text, (symbol) => {
    const resource = app.referenceOf(symbol)?.resource;
    if (resource) { found.add(resource); }
    return symbol;
  });
  return [...found];
}

/** A value that is known at deployment, by the shortest name that says what it is. */
function nameOfSymbol(app: Evaluator, symbol: Text): string {
  const reference = app.referenceOf(symbol);
  if (reference) {
    const {
      resource: { logicalId },
      attribute,
    } = reference;
    return attribute === 'Ref' ? `<${logicalId}>` : `<${logicalId}.${attribute}>`;
  }
  const name = app.show(symbol).slice(1, -1);
  if (/^\$\{stageVariables\./.test(name)) { return name; }
  const evaluated = /\{"(Fn::\w+|Ref)"/.exec(name);
  if (evaluated) { return `<${evaluated[1]}>`; }
  if (/ [{[]/.test(name)) { return '<known at deployment>'; }
  const pseudoParameter = /AWS::\w+$/.exec(name);
  if (pseudoParameter) { return `<${pseudoParameter[0]}>`; }
  const parameter = /^[^{]*\/(\w+)\.Ref$/.exec(name);
  return `<${parameter ? parameter[1] : name}>`;
}
