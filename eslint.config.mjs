import eslint from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** What the folders of the library may import, each from the ones below it. Arrows run one way. */
const LAYERS = {
  'lib/private/facts': [],
  'lib/private/shapes': ['facts'],
  'lib/private/template': ['facts'],
  'lib/private/permissions': ['facts', 'template'],
  'lib/private/rules': ['facts', 'shapes'],
  'lib/private/judging': ['facts', 'shapes', 'template', 'permissions', 'rules'],
  'lib/private/deployed': ['facts', 'shapes', 'template', 'permissions', 'rules', 'judging'],
  'lib/private/output': ['facts', 'shapes', 'template', 'permissions', 'rules', 'judging'],
  'lib/private/integrations': ['facts', 'shapes', 'rules', 'output'],
};
const PRIVATE = Object.keys(LAYERS).map((folder) => folder.slice('lib/private/'.length));

const layer = (folder, forbidden) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': ['error', {
      patterns: forbidden.map((group) => ({
        group: [group], message: 'Imports run one way: see "Where things are" in docs/architecture.md.',
      })),
    }],
  },
});

/** What only the checks need. */
const OF_THE_CHECKS = ['judging', 'permissions', 'template'].map((it) => `../private/${it}/*`);

const layers = [
  ...Object.entries(LAYERS).map(([folder, below]) => {
    const own = folder.slice('lib/private/'.length);
    const above = PRIVATE.filter((it) => it !== own && !below.includes(it)).flatMap((it) => [`../${it}`, `../${it}/*`]);
    const publicFolders = ['http', 'websocket', 'checks', ...own === 'integrations' ? [] : ['options']];
    return layer(folder, [...above, ...publicFolders.flatMap((it) => [`../../${it}`, `../../${it}/*`])]);
  }),
  layer('lib/options', ['../http/*', '../websocket/*', '../checks/*']),
  layer('lib/http', ['../websocket/*', '../checks/*', ...OF_THE_CHECKS]),
  layer('lib/websocket', ['../http/*', '../checks/*', ...OF_THE_CHECKS]),
  layer('lib/checks', ['../http/*', '../websocket/*', '../private/integrations/*']),
];

export default tseslint.config(
  {
    ignores: [
      '**/*.js', '**/*.d.ts', '!jest.config.js', 'dist/', 'coverage/', 'cdk.out/', 'test/bindings/', '.rosetta/',
      '.cache/',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  stylistic.configs.customize({ indent: 2, quotes: 'single', semi: true, braceStyle: '1tbs', arrowParens: true }),
  {
    rules: {
      '@stylistic/max-len': ['error', { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true }],
      '@stylistic/max-statements-per-line': 'off',
      '@stylistic/multiline-ternary': 'off',
      '@stylistic/operator-linebreak': ['error', 'before', { overrides: { '=': 'after' } }],
      '@stylistic/member-delimiter-style': ['error', { singleline: { delimiter: 'semi', requireLast: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
    },
  },
  {
    files: ['jest.config.js'],
    languageOptions: { globals: { module: 'writable', process: 'readonly' } },
  },
  {
    files: ['scripts/**/*.mjs', 'test/mutation/*.mjs'],
    languageOptions: { globals: { URL: 'readonly', console: 'readonly', process: 'readonly' } },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: ['lib/private/**'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': ['error', {
        publicOnly: true,
        contexts: [
          'TSInterfaceDeclaration', 'TSPropertySignature', 'ClassDeclaration', 'TSEnumDeclaration', 'TSEnumMember',
        ],
        checkConstructors: false,
        require: { FunctionDeclaration: true, MethodDefinition: false },
      }],
      'jsdoc/require-description': ['error', {
        contexts: ['TSInterfaceDeclaration', 'TSPropertySignature', 'ClassDeclaration'],
      }],
    },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        paths: [{
          name: 'aws-cdk-lib/aws-apigatewayv2-integrations', message: 'This library makes its own integrations.',
        }],
      }],
    },
  },
  ...layers,
);
