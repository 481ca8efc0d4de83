// Runs before the page is painted and before any other script.
(() => {
  // A chosen theme must not flash.
  const chosen = localStorage.getItem('theme');
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;

  // Text never becomes a script or a script's address here: no createScript, no createScriptURL.
  // HTML may be parsed (htmx swaps the server's own fragments); what is inline in it the policy does not run.
  if (window.trustedTypes) trustedTypes.createPolicy('default', { createHTML: (html) => html });
})();
