/** What arrives at a target, by the path of the field, and with what status API Gateway answers. */
export type Fields = Record<string, unknown>;

/** Where the emulator does something else than the documentation says: what it does, from what is documented. */
export const DIFFERENCES = {
  'without variables in the path, pathParameters is null instead of absent': (it: Fields): Fields => ({
    ...it,
    pathParameters: null,
  }),
  'payload format 1.0 is ignored, and the function receives 2.0': (it: Fields): Fields => ({
    ...Object.fromEntries(Object.keys(it).map((field) => [field, undefined])),
    'status': it.status,
    'by': it.by,
    'version': '2.0',
    'body': it.body,
    'headers.x-reader': it['headers.x-reader'],
    'pathParameters': it.pathParameters ?? null,
    'queryStringParameters': it.queryStringParameters && { tag: 'a,b' },
    'requestContext.http.method': it.httpMethod,
    'rawPath': it.path,
    'requestContext.stage': '$default',
  }),
  'OPTIONS is refused as a CORS preflight, though the API has no CORS configuration': (): Fields => ({
    status: 403,
    by: undefined,
  }),
  'the variable in the URL of an HTTP integration is not filled in, and the path of the request is added': (
    it: Fields,
  ): Fields => ({
    ...it, path: `/authors/{id}.json${String(it.path).replace('.json', '')}`,
  }),
};

/** A request to the shop, and what the documentation of API Gateway says that arrives. */
export interface Call {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly documented: Fields;
  /** Where the emulator is known to differ. */
  readonly differs: readonly (keyof typeof DIFFERENCES)[];
}

/** What every call sends. */
export const QUERY = 'tag=a&tag=b';
export const HEADERS = { 'x-reader': 'ada', 'content-type': 'application/json' };

interface Options {
  readonly pathParameters?: Record<string, string>;
  readonly body?: string;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function version2(
  by: string, route: string, method: string, path: string, { pathParameters, body }: Options = {},
): Call {
  return {
    route, method, path, body,
    documented: {
      'status': 200,
      by,
      'version': '2.0',
      'routeKey': route,
      'rawPath': path,
      'rawQueryString': QUERY,
      'queryStringParameters': { tag: 'a,b' },
      'headers.x-reader': 'ada',
      'requestContext.http.method': method,
      'requestContext.http.path': path,
      'requestContext.routeKey': route,
      'requestContext.stage': '$default', pathParameters, body, 'isBase64Encoded': false,
    },
    differs: pathParameters ? [] : ['without variables in the path, pathParameters is null instead of absent'],
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function version1(
  by: string, route: string, method: string, path: string, { pathParameters, body }: Options = {},
): Call {
  return {
    route, method, path, body,
    documented: {
      'status': 200,
      by,
      'version': '1.0',
      'resource': route.split(' ')[1],
      path,
      'httpMethod': method,
      'queryStringParameters': { tag: 'b' },
      'multiValueQueryStringParameters': { tag: ['a', 'b'] },
      'headers.x-reader': 'ada',
      'multiValueHeaders.x-reader': ['ada'],
      'requestContext.stage': '$default', 'pathParameters': pathParameters ?? null, ...body && { body },
    },
    differs: method === 'OPTIONS' ? ['OPTIONS is refused as a CORS preflight, though the API has no CORS configuration']
      : ['payload format 1.0 is ignored, and the function receives 2.0'],
  };
}

/** Every HTTP route of the shop with every method that it takes. */
export const CALLS: Call[] = [
  version2('Books', 'GET /books', 'GET', '/books'),
  version2('Books', 'GET /books/{isbn}', 'GET', '/books/123', { pathParameters: { isbn: '123' } }),
  version2('Books', 'PUT /books/{isbn}', 'PUT', '/books/123', {
    pathParameters: { isbn: '123' },
    body: '{"title":"Dune"}',
  }),
  version2('Books', 'GET /covers/{proxy+}', 'GET', '/covers/123/front.jpg', {
    pathParameters: { proxy: '123/front.jpg' },
  }),
  // What no other route takes goes to the default route, with any method.
  version2('NotFound', '$default', 'GET', '/nothing/here'),
  version2('NotFound', '$default', 'DELETE', '/books'),
  version2('NotFound', '$default', 'POST', '/books/123', { body: '{}' }),
  version1('Orders', 'POST /orders', 'POST', '/orders', { body: '{"isbn":"123"}' }),
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
    .map((method) => version1('Orders', 'ANY /orders/{id}', method, '/orders/7', { pathParameters: { id: '7' } })),
  {
    route: 'GET /authors/{id}', method: 'GET', path: '/authors/42',
    documented: {
      'status': 200,
      'by': 'backend',
      'method': 'GET',
      'path': '/authors/42.json',
      'headers.x-reader': 'ada',
      'query': QUERY,
    },
    differs: ['the variable in the URL of an HTTP integration is not filled in, and the path of the request is added'],
  },
];

/** What the emulator is expected to do with a call: what is documented, but for the named differences. */
export const expectedOf = ({ documented, differs }: Call): Fields =>
  differs.reduce((fields, name) => DIFFERENCES[name](fields), documented);

/** A field of what was received, by its path. */
export function fieldOf(event: unknown, path: string): unknown {
  return path.split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], event);
}
