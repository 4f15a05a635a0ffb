import { Steps } from 'antd';
import { useLanguage } from '../text/language.js';

/** Where in the filing one is. */
export function FilingSteps({ at }: { readonly at: number }) {
  const { say } = useLanguage();
  return (
    <Steps
      size="small"
      current={at}
      responsive
      items={[
        { title: say({ zh: '政策与要素', en: 'Policy and facts' }) },
        { title: say({ zh: '名单与材料', en: 'Lists and files' }) },
        { title: say({ zh: '核对并提交', en: 'Check and send' }) },
      ]}
    />
  );
}
