import { lacksOf, type Type, type Types } from '../../scripts/upstream';

const THEIRS = 'aws-cdk-lib.aws_apigatewayv2_integrations';
const OURS = 'cdk-apigatewayv2-integrations';
const STRING = { primitive: 'string' };

const indexed = (...types: Type[]): Types => Object.fromEntries(types.map((type) => [type.fqn, type]));
const named = (module: string, name: string, rest: Partial<Type>): Type =>
  ({ fqn: `${module}.${name}`, name, kind: 'class', ...rest });
const both = (theirs: Partial<Type>, ours: Partial<Type>) =>
  lacksOf(indexed(named(THEIRS, 'It', theirs)), indexed(named(OURS, 'It', ours)));

test('says nothing of what is equal, and of what we have and upstream lacks', () => {
  const properties = [{ name: 'url', type: STRING }];
  expect(both({ properties }, { properties: [...properties, { name: 'more', type: STRING }] })).toEqual([]);
});

test('says nothing of types outside of the module', () => {
  expect(lacksOf(indexed(named('aws-cdk-lib.aws_lambda', 'Function', {})), {})).toEqual([]);
});

test('names a type that is missing or of another kind', () => {
  expect(lacksOf(indexed(named(THEIRS, 'It', {})), {})).toEqual(['It: missing']);
  expect(both({ kind: 'enum' }, { kind: 'class' })).toEqual(['It: is of kind class, upstream enum']);
});

test('names an option, a method and a value of an enum that are missing', () => {
  expect(both({ properties: [{ name: 'url', type: STRING }] }, {})).toEqual(['It.url: missing']);
  expect(both({ methods: [{ name: 'bind' }] }, {})).toEqual(['It.bind(): missing']);
  const enumOf = (name: string): Partial<Type> => ({ kind: 'enum', members: [{ name }] });
  expect(both(enumOf('A'), enumOf('B'))).toEqual(['It.A: missing']);
});

test('finds an option in what a type extends', () => {
  const parent = named(OURS, 'Base', { properties: [{ name: 'url', type: STRING }] });
  const ours = indexed(parent, named(OURS, 'It', { interfaces: [parent.fqn] }));
  expect(lacksOf(indexed(named(THEIRS, 'It', { properties: parent.properties })), ours)).toEqual([]);
});

test('names a parameter that is missing, required or named otherwise', () => {
  const id = { name: 'id', type: STRING };
  const props = { name: 'props', type: STRING, optional: true };
  const lacks = (...parameters: { name: string; type: unknown }[]) =>
    both({ initializer: { parameters: [id, props] } }, { initializer: { parameters } });
  expect(lacks(id, props)).toEqual([]);
  expect(lacks(id)).toEqual(['new It(props): missing']);
  expect(lacks(id, { name: 'props', type: STRING })).toEqual(['new It(props): is required, upstream optional']);
  expect(lacks({ name: 'name', type: STRING }, props)).toEqual(['new It(id): is named name']);
});

test('lets a type be one that upstream\'s extends, and no other', () => {
  const interfaces = ['aws-cdk-lib.interfaces.IVpcLinkRef'];
  const link = named('aws-cdk-lib.aws_apigatewayv2', 'IVpcLink', { kind: 'interface', interfaces });
  const theirs = named(THEIRS, 'It', { properties: [{ name: 'vpcLink', type: { fqn: link.fqn } }] });
  const oursWith = (type: unknown) => indexed(named(OURS, 'It', { properties: [{ name: 'vpcLink', type }] }));
  const lacks = (type: unknown) => lacksOf(indexed(link, theirs), oursWith(type));
  expect(lacks({ fqn: 'aws-cdk-lib.interfaces.IVpcLinkRef' })).toEqual([]);
  expect(lacks(STRING)).toEqual([
    'It.vpcLink: has the type {"primitive":"string"}, upstream {"fqn":"aws-cdk-lib.aws_apigatewayv2.IVpcLink"}',
  ]);
});

test('compares defaults that are values, and no sentences', () => {
  const option = (text: string) => ({ properties: [{ name: 'method', type: STRING, docs: { default: text } }] });
  expect(both(option('HttpMethod.ANY'), option('HttpMethod.ANY - the method of the request'))).toEqual([]);
  expect(both(option('- any'), option('- the method of the request'))).toEqual([]);
  expect(both(option('true'), option('false'))).toEqual(['It.method: has the default "false", upstream true']);
  expect(both(option('Duration.seconds(29)'), option('- none')))
    .toEqual(['It.method: has the default "- none", upstream Duration.seconds(29)']);
});
