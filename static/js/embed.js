/*
 * The code that frames a page on another site, with other colours, in another language or of
 * another height, and how it looks. Without it the code that the server wrote serves as it is.
 * Where there is a filter, static/js/live.js loads it when it is first wanted.
 */

const box = document.querySelector("[data-embed]");
const preview = box?.querySelector("[data-embed-preview]");
const choices = box ? [...box.querySelectorAll("[data-embed-choice]")] : [];

/** The field with the code; filtering draws it anew. */
const field = () => box.querySelector("[data-url]");

const chosen = () => Object.fromEntries(choices.map((choice) => [choice.dataset.embedChoice, choice.value]));

/** The address of the small page as it is chosen. */
function address({ language, theme }) {
  const url = new URL(field().dataset.url);
  url.pathname = url.pathname.replace(/^(.*?)\/[a-z]{2}\/embed\//, `$1${language && `/${language}`}/embed/`);
  if (theme) url.searchParams.set("theme", theme);
  return url;
}

/** Write the code anew, and show what it gives while the box is open. */
function write() {
  const choice = chosen();
  const { height } = choice;
  if (!choices.every((each) => each.checkValidity())) return;
  const url = address(choice);
  field().value = field()
    .defaultValue.replace(/src="[^"]*"/, () => `src="${url.href.replaceAll("&", "&amp;")}"`)
    .replace(/height="\d+"/, `height="${height}"`);
  if (!box.open) return;
  preview.hidden = false;
  preview.height = height;
  // On this host, whatever the address of the site for ever.
  const shown = `${url.pathname}${url.search}`;
  if (preview.getAttribute("src") !== shown) preview.setAttribute("src", shown);
}

/** Copy the code, or mark it where the browser does not allow that, and say so where it succeeded. */
async function copy({ currentTarget: button }) {
  try {
    await navigator.clipboard.writeText(field().value);
  } catch {
    field().select();
    return;
  }
  const said = box.querySelector("[data-embed-copied]");
  const label = button.textContent;
  button.textContent = said.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = label;
    said.textContent = "";
  }, 1600);
}

if (box) {
  box.querySelector("[data-embed-choices]").hidden = false;
  box.querySelector("[data-embed-copy]").addEventListener("click", copy);
  box.addEventListener("change", write);
  box.addEventListener("toggle", write);
  document.addEventListener("atlas:shown", write);
  write();
}
