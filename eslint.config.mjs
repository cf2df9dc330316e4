import eslint from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/*.js', '**/*.d.ts', '!jest.config.js', 'dist/', 'coverage/', 'cdk.out/', 'test/bindings/', '.rosetta/', '.cache/'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  stylistic.configs.customize({ indent: 2, quotes: 'single', semi: true, braceStyle: '1tbs', arrowParens: true }),
  {
    rules: {
      '@stylistic/max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true }],
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
        contexts: ['TSInterfaceDeclaration', 'TSPropertySignature', 'ClassDeclaration', 'TSEnumDeclaration', 'TSEnumMember'],
        checkConstructors: false,
        require: { FunctionDeclaration: true, MethodDefinition: false },
      }],
      'jsdoc/require-description': ['error', { contexts: ['TSInterfaceDeclaration', 'TSPropertySignature', 'ClassDeclaration'] }],
    },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        paths: [{ name: 'aws-cdk-lib/aws-apigatewayv2-integrations', message: 'This library makes its own integrations.' }],
      }],
    },
  },
);
