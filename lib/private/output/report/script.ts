/**
 * The filter of the page, and the opening of what a link leads to. The page is complete without it.
 *
 * It is a text and no function, since it runs in a browser.
 */
export const SCRIPT = `
(() => {
  const form = document.querySelector('form');
  const open = (place) => {
    for (let at = place.closest('details'); at; at = at.parentElement.closest('details')) { at.open = true; }
  };
  const follow = () => {
    const place = location.hash && document.getElementById(location.hash.slice(1));
    if (place) { open(place); place.scrollIntoView({ block: 'center' }); }
  };
  const filter = () => {
    const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const severity = form.elements.severity.value;
    const isShown = (it) => (!severity || it.dataset.severity.split(' ').includes(severity))
      && words.every((word) => it.dataset.text.includes(word));
    const shown = { route: 0, finding: 0 };
    const all = { route: 0, finding: 0 };
    for (const it of document.querySelectorAll('[data-text]')) {
      it.hidden = !isShown(it);
      all[it.dataset.kind] += 1;
      shown[it.dataset.kind] += it.hidden ? 0 : 1;
    }
    for (const api of document.querySelectorAll('details')) {
      const rows = api.querySelectorAll('[data-text]');
      api.hidden = words.length + severity.length > 0 && ![...rows].some((it) => !it.hidden);
      if (words.length + severity.length > 0 && !api.hidden) { api.open = true; }
    }
    form.querySelector('output').textContent
      = 'Shown: routes ' + shown.route + ' of ' + all.route + ', findings ' + shown.finding + ' of ' + all.finding;
  };
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', filter);
  addEventListener('hashchange', follow);
  addEventListener('beforeprint', () => { for (const it of document.querySelectorAll('details')) { it.open = true; } });
  follow();
})();
`;
