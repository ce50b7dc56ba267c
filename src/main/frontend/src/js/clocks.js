// Clocks tick: once a minute their words are asked for anew and put in place. Nothing else of the page moves.
const MINUTE = 60_000;

export function watchClocks() {
  const panel = document.querySelector('[data-clocks]');
  if (!panel) return;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(panel.dataset.clocks, { headers: { Accept: 'application/json' } });
      if (answer.ok) (await answer.json()).forEach((clock) => tick(panel, clock));
    } catch {
      // without a connection the words stay as they are until the next minute
    }
  }, MINUTE);
}

function tick(panel, { id, state, tone, left }) {
  const row = panel.querySelector(`[data-clock="${Number(id)}"]`);
  if (!row) return;
  say(row.querySelector('[data-left]'), left);
  const badge = row.querySelector('[data-state]');
  say(badge, state);
  badge.className = tone ? `badge-house tone-${tone}` : 'badge-house';
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
