// Which tests reach a change, by the pattern of names that Stryker makes of them: it is too long to try on each test.

/** The names of the tests of each file, from the run without a change. */
const namesIn = new Map();

/** The names in a pattern. */
function namesOf(pattern) {
  return pattern && new Set(pattern.slice(1, -1).split(')|(').map((name) => name.replace(/\\(.)/g, '$1')));
}

/** Whether a file has tests of some names, as far as that is known. */
function hasAny(path, names) {
  return !names || (namesIn.get(path)?.some((name) => names.has(name)) ?? true);
}

module.exports = { namesIn, namesOf, hasAny };
