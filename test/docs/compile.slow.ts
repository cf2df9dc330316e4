// The types of the TypeScript in the documents: `npm run test:package`.
import { join } from 'path';
import * as ts from 'typescript';
import { blocksWith, ROOT, textOf } from './documents';

const fixture = textOf('rosetta/default.ts-fixture');
const sources = new Map([...blocksWith('ts'), ...blocksWith('ts nofixture')].map((block) => {
  const code = block.info === 'ts' ? fixture.replace('/// here', () => block.code) : block.code;
  return [join(ROOT, `${block.document}.${block.line}.ts`), `${code}\nexport {};\n`];
}));

test('the TypeScript of the documents compiles', () => {
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'tsconfig.dev.json'), {
    noUnusedLocals: false, noUnusedParameters: false, incremental: false, tsBuildInfoFile: undefined, composite: false,
  }, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined })!;
  const host = ts.createCompilerHost(config.options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists.call(host, path);
  host.readFile = (path) => sources.get(path) ?? readFile.call(host, path);
  host.getSourceFile = (path, ...rest) => {
    const source = sources.get(path);
    return source === undefined
      ? getSourceFile.call(host, path, ...rest)
      : ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...sources.keys()], config.options, host);
  const diagnostics = [...sources.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  expect(sources.size).toBeGreaterThan(20);
  const messageOf = ({ file, messageText }: ts.Diagnostic) =>
    `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  expect(diagnostics.map(messageOf)).toEqual([]);
}, 120_000);
