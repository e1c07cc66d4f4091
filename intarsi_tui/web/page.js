// The terminal takes the keyboard at once; a person who must click first believes that nothing works.
addEventListener("load", () => setTimeout(() => document.querySelector(".xterm-helper-textarea")?.focus(), 0));
document.getElementById("again").addEventListener("click", () => location.reload());
// Keys that the browser would take for itself (F1 help, F3 search, F5 reload, Ctrl+P print, Ctrl+S save).
addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "v") event.stopImmediatePropagation();  // the browser pastes, not the app
  if (/^F([1-9]|10)$/.test(event.key) || (event.ctrlKey && /^[opqrstuyz]$/.test(event.key))) event.preventDefault();
}, true);
