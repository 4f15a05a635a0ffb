// Words stand beside what shows them, always in both languages.

export type Language = 'zh' | 'en';
export type Text = { readonly zh: string; readonly en: string };

const key = 'tranche-language';

/** The language chosen last on this device; Chinese until somebody chooses. */
export const storedLanguage = (): Language => {
  try {
    return localStorage.getItem(key) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
};

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // private windows refuse; the choice then lasts as long as the page
  }
}

/** Replaces `{name}` by the value of that name. */
export const filled = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
