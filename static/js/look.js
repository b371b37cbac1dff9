/*
 * Light, dark or as the system has it: the reader's choice, kept in their own browser and sent nowhere.
 *
 * Not a module: it runs before the first paint, so that a page chosen dark never flashes white. The key and its values
 * are those of the desk's own switch, so that one choice holds for both.
 */
{
  const KEY = "theme";
  const root = document.documentElement;

  const chosen = () => {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto"; // storage is shut off: the system decides
    }
  };

  const show = (choice) => {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
    for (const input of document.querySelectorAll("[data-look] input")) input.checked = input.value === choice;
  };

  show(chosen());

  document.addEventListener("DOMContentLoaded", () => {
    for (const control of document.querySelectorAll("[data-look]")) {
      control.hidden = false;
      control.addEventListener("change", ({ target }) => {
        try {
          localStorage.setItem(KEY, target.value);
        } catch {
          // for this page alone
        }
        show(target.value);
      });
    }
    show(chosen());
  });

  addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) show(chosen());
  });
  addEventListener("pageshow", () => show(chosen()));
}
