// Writes the snippets of the README in C#, as jsii-rosetta translates them, into a class:
// `tsx test/bindings/dotnet/readme.ts <tablet> <C# file>`.
import { readFileSync, writeFileSync } from 'fs';
import { basename } from 'path';
import { readmeSnippets } from '../readme';

const [tablet, file] = process.argv.slice(2);

const { snippets } = JSON.parse(readFileSync(tablet, 'utf8')) as {
  snippets: Record<string, { translations: { [language: string]: { source: string } } }>;
};
const translated = new Map(Object.values(snippets).map(({ translations }) => [
  translations.$.source,
  translations.csharp.source,
]));

const cases = Object.entries(readmeSnippets()).map(([heading, sources]) => `
            case ${JSON.stringify(heading)}:
${sources.map((source) => `            {\n#line 1 ${JSON.stringify(`README ${heading}`)}\n`
  + `${translated.get(source)}\n#line default\n            }`).join('\n')}
            break;`);

const name = basename(file, '.cs');
writeFileSync(file, `using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.IAM;
using Cdk.ApiGatewayV2.Integrations;

namespace Shop;

sealed class ${name} : Surroundings
{
    internal ${name}(App app) : base(app) { }

    internal void Build(string heading)
    {
        switch (heading)
        {${cases.join('')}
        }
    }
}
`);
