import { useLanguage } from '../text/language.js';

/** Named in the language one would switch to. */
export function LanguageSwitch() {
  const { language, speak } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className="quiet-button" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => speak(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}
