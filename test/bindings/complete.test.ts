import { readFileSync } from 'fs';
import { join } from 'path';
import * as integrations from 'cdk-apigatewayv2-integrations';
import { readmeSnippets } from './readme';

const snippets = readmeSnippets();

function source(file: string): string {
  return readFileSync(join(__dirname, file), 'utf8');
}

// The suites of Python, Java and C# take the snippets as they are translated; that of Go has its own.
test.each([
  ['Python', source('python/test_bindings.py') + Object.values(snippets).join()],
  ['Java', source('java/src/test/java/shop/BindingsTest.java') + Object.values(snippets).join()],
  ['Go', source('go/bindings_test.go') + source('go/readme_test.go')],
  ['C#', source('dotnet/Bindings.cs') + Object.values(snippets).join()],
])('%s uses every class and enum of the library', (_, code) => {
  expect(Object.keys(integrations).filter((name) => !new RegExp(`(\\b|New)${name}(\\b|_)`).test(code))).toEqual([]);
});

test('Go has every section of the README', () => {
  const inGo = [...source('go/readme_test.go').matchAll(/^\t"(.+)": func\(s surroundings\)/gm)];
  expect(inGo.map(([, heading]) => heading)).toEqual(Object.keys(snippets));
});
