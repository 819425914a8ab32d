/**
 * Lets xterm.js draw under a policy that allows no inline style: what it would write into style elements goes into sheets that
 * are built, and what it would write into the style attributes of its spans goes through the object model. Neither is inline.
 */

/** What is made while it runs has no inline style, and no span of the page has any from then on. */
export function withBuiltStyles<Result>(page: Document, act: () => Result): Result {
  styleSpansByModel();
  const original = page.createElement.bind(page);
  const createElement = (name: string) =>
    name === 'style' ? builtStyle(page, original('span')) : original(name);
  Object.defineProperty(page, 'createElement', { configurable: true, value: createElement });
  try {
    return act();
  } finally {
    // The one of its prototype is there again.
    Reflect.deleteProperty(page, 'createElement');
  }
}

/** Makes of an element one that stands for a style element: it takes its text, and gives it up when it is removed. */
function builtStyle(page: Document, element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  page.adoptedStyleSheets.push(sheet);
  element.hidden = true;
  Object.defineProperties(element, {
    textContent: { set: (css: string) => sheet.replaceSync(css) },
    remove: {
      value: () => {
        page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet);
        Element.prototype.remove.call(element);
      },
    },
  });
  return element;
}

/** A cell with a colour of its own is a span that is made whenever its row is drawn; what it shows is the same. */
function styleSpansByModel(): void {
  Object.defineProperty(HTMLSpanElement.prototype, 'setAttribute', {
    configurable: true,
    value(this: HTMLSpanElement, name: string, value: string) {
      if (name === 'style') this.style.cssText = value;
      else Element.prototype.setAttribute.call(this, name, value);
    },
  });
}
