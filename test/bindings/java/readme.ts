// Writes the snippets of the README in Java, as jsii-rosetta translates them, into a class:
// `tsx test/bindings/java/readme.ts <tablet> <readme.json of ../app.ts> <java file>`.
import { readFileSync, writeFileSync } from 'fs';
import { basename } from 'path';

const [tablet, readme, file] = process.argv.slice(2);

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
type Translations = { [language: string]: { source: string } };
const snippetsOfTablet = Object.values<{ translations: Translations }>(json(tablet).snippets);
const translations = snippetsOfTablet.map((it) => it.translations);
const java = new Map(translations.map((it) => [it.$.source, it.java.source]));

const cases = Object.entries<{ snippets: string[] }>(json(readme)).map(([heading, { snippets }]) => `
      case ${JSON.stringify(heading)} -> {
${snippets.map((snippet) => `        {\n${java.get(snippet)}\n        }`).join('\n')}
      }`);

const name = basename(file, '.java');
writeFileSync(file, `package shop;

import io.github.apigatewayv2.cdk.integrations.*;
import java.util.*;
import software.amazon.awscdk.*;
import software.amazon.awscdk.services.apigatewayv2.*;
import software.amazon.awscdk.services.iam.*;

final class ${name} extends Surroundings {
  ${name}(App app) {
    super(app);
  }

  void build(String heading) {
    switch (heading) {${cases.join('')}
      default -> throw new IllegalArgumentException(heading);
    }
  }
}
`);
