/*
 * Light or dark against the reader's system setting, remembered in this browser alone.
 *
 * Loaded without `defer`, so that the page is never painted in the wrong colours first.
 */
(() => {
  const KEY = "theme";
  const root = document.documentElement;
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  const isDark = () => (root.dataset.theme ?? (systemIsDark.matches ? "dark" : "light")) === "dark";

  /** Follow the system where the choice is the same, so that there is a way back to it. */
  function choose(theme) {
    const follows = theme === (systemIsDark.matches ? "dark" : "light");
    if (follows) delete root.dataset.theme;
    else root.dataset.theme = theme;
    try {
      if (follows) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // Storage is closed to us: the choice then lasts as long as the page.
    }
  }

  try {
    const stored = localStorage.getItem(KEY);
    if (stored === "light" || stored === "dark") root.dataset.theme = stored;
  } catch {
    // As above: the system setting holds.
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      choose(isDark() ? "light" : "dark");
      show();
    });
    systemIsDark.addEventListener("change", show);
    show();
    button.hidden = false;
  });
})();
