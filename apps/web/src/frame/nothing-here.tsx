import { Empty } from 'antd';
import { useLanguage } from '../text/language.js';

export function NothingHere() {
  const { say } = useLanguage();
  return <Empty description={say({ zh: '没有这个页面，或不属于本岗位。', en: 'No such page, or not one of your role.' })} />;
}
