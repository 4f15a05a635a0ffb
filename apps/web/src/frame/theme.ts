import type { ThemeConfig } from 'antd';

/** Calm and dense enough for office work; every text colour keeps at least 4.5:1 on its ground. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#17508f',
    colorLink: '#17508f',
    colorInfo: '#17508f',
    colorSuccess: '#1d6b3a',
    colorWarning: '#8a5300',
    colorError: '#a8201a',
    colorText: '#1c2733',
    colorTextSecondary: '#4a5866',
    colorTextTertiary: '#5a6775',
    colorTextQuaternary: '#65727f',
    colorTextDescription: '#4a5866',
    colorTextPlaceholder: '#65727f',
    colorTextDisabled: '#65727f',
    colorBgLayout: '#f4f6f9',
    colorBorder: '#98a5b3',
    colorSplit: '#d5dce4',
    borderRadius: 6,
    fontSize: 14,
    fontFamily: 'var(--font)',
    controlOutlineWidth: 3,
    wireframe: false,
  },
  components: {
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', headerHeight: 52, headerPadding: '0 16px' },
    Menu: { itemSelectedBg: '#e3edf8', itemSelectedColor: '#0f3d70', itemActiveBg: '#eef3f9', itemBorderRadius: 6, itemHeight: 38 },
    Table: { cellPaddingBlockSM: 7, headerBg: '#eef2f6', headerColor: '#1c2733' },
    Descriptions: { labelBg: '#f4f6f9' },
    Card: { headerHeight: 46, bodyPadding: 16 },
  },
};
