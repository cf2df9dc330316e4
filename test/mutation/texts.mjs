// Has Stryker leave out what a rule says in the documentation: when, why, the fix and the source are not behaviour.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const TEXTS = ['when', 'why', 'fix', 'source'];

function hasKey(path, keys) {
  return path.isObjectProperty() && keys.includes(path.node.key.name);
}

export const texts = {
  shouldIgnore(path) {
    const isRule = () => path.parent.properties.some(({ key }) => key?.name === 'why');
    return hasKey(path, TEXTS) && isRule() ? 'documentation of a rule' : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'texts', texts)];
