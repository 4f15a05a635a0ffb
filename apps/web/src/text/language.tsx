import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { filled, type Language, storedLanguage, storeLanguage, type Text } from './text.js';

export type Say = (text: Text, values?: Readonly<Record<string, string | number>>) => string;
type Spoken = { readonly language: Language; readonly speak: (language: Language) => void; readonly say: Say };

const Context = createContext<Spoken | null>(null);

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(storedLanguage);
  const say = useCallback<Say>((text, values) => (values === undefined ? text[language] : filled(text[language], values)), [language]);
  const speak = useCallback((next: Language) => {
    storeLanguage(next);
    setLanguage(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const spoken = useMemo(() => ({ language, speak, say }), [language, speak, say]);
  return <Context value={spoken}>{children}</Context>;
}

/** `say({zh, en})` in the language of the screen; `language` for what depends on it otherwise. */
export function useLanguage(): Spoken {
  const spoken = useContext(Context);
  if (spoken === null) throw new Error('no LanguageProvider above');
  return spoken;
}
