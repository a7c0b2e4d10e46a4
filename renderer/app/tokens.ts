import { theme as antTheme, type GlobalToken, type ThemeConfig } from 'antd';
import type { Account } from '../../shared/contract/account-operations.ts';

export type Appearance = 'light' | 'dark';

/** WeChat's green, for the one action that matters on a page. */
const brandGreen = '#07c160';
/** White on the brand green has a contrast of 2.4 only; this has over 7. */
const inkOnGreen = '#03240f';

/** The same on the red that the kit makes for the dark. */
const inkOnRed = { light: '#ffffff', dark: '#2b0504' } as const;

const fontFamily =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** Where the kit's derived tints are too faint or too muddy to read on. */
const tints = {
  light: {
    colorBgLayout: '#f4f5f6',
    colorTextTertiary: '#5f6670',
    colorTextPlaceholder: '#6f7680',
    colorLink: '#08703c',
    colorWarningBg: '#fff7e3',
    colorWarningBorder: '#efc46f',
    colorSuccessBg: '#e8f6ee',
    colorSuccessBorder: '#9fd8b8',
  },
  dark: {
    colorBgLayout: '#101112',
    colorTextTertiary: '#a3a8b0',
    colorTextPlaceholder: '#8b9199',
    colorLink: '#3fd184',
    colorWarningBg: '#2b2111',
    colorWarningBorder: '#6e5424',
    colorSuccessBg: '#12281b',
    colorSuccessBorder: '#24573a',
  },
} as const;

/** For people who asked the system for more contrast: no grey text, and edges that can be seen. */
const sharpTints = {
  light: {
    colorText: '#000000',
    colorTextSecondary: '#1a1c1f',
    colorTextTertiary: '#2b2f34',
    colorTextPlaceholder: '#4a4f56',
    colorBorder: '#4a4f56',
    colorBorderSecondary: '#70767e',
    colorLink: '#004d26',
  },
  dark: {
    colorText: '#ffffff',
    colorTextSecondary: '#eceef0',
    colorTextTertiary: '#d9dce0',
    colorTextPlaceholder: '#b8bdc4',
    colorBorder: '#b8bdc4',
    colorBorderSecondary: '#8b9199',
    colorLink: '#7df0b3',
  },
} as const;

/** What the person asked the system for. */
export interface Wishes {
  readonly still: boolean;
  readonly sharp: boolean;
}

/** The kit's own look with the few values that are ours. */
export function themeFor(appearance: Appearance, { still, sharp }: Wishes): ThemeConfig {
  return {
    algorithm: appearance === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: {
      colorPrimary: brandGreen,
      colorSuccess: appearance === 'dark' ? '#3fd184' : '#08803f',
      colorError: appearance === 'dark' ? '#ff6b66' : '#c8231b',
      colorWarning: appearance === 'dark' ? '#f0a93b' : '#a85c00',
      colorInfo: appearance === 'dark' ? '#6aa5ff' : '#1d5fd1',
      ...tints[appearance],
      ...(sharp ? sharpTints[appearance] : {}),
      fontFamily,
      fontSize: 14,
      borderRadius: 6,
      motion: !still,
    },
    components: {
      // The dark theme would dim the green; the one action that matters keeps it.
      Button: {
        colorPrimary: brandGreen,
        primaryColor: inkOnGreen,
        dangerColor: inkOnRed[appearance],
        fontWeight: 500,
        primaryShadow: 'none',
        defaultShadow: 'none',
        // The kit's lighter green cannot be read on white.
        defaultHoverColor: tints[appearance].colorLink,
        defaultActiveColor: tints[appearance].colorLink,
      },
      Badge: { colorTextLightSolid: inkOnRed[appearance] },
      Alert: { withDescriptionPadding: '8px 12px', withDescriptionIconSize: 16 },
      DatePicker: { colorTextLightSolid: inkOnGreen },
      Menu: {
        itemHeight: 36,
        itemMarginInline: 8,
        ...(appearance === 'dark'
          ? { itemSelectedBg: '#16321f', itemSelectedColor: '#6fe0a0' }
          : { itemSelectedBg: '#e3f6ea', itemSelectedColor: '#075c31' }),
      },
      Tabs: appearance === 'dark' ? { itemSelectedColor: '#6fe0a0' } : { itemSelectedColor: '#075c31' },
    },
  };
}

const published = {
  '--text': 'colorText',
  '--text-2': 'colorTextSecondary',
  '--text-3': 'colorTextTertiary',
  '--line': 'colorBorderSecondary',
  '--line-strong': 'colorBorder',
  '--surface': 'colorBgContainer',
  '--ground': 'colorBgLayout',
  '--raised': 'colorFillQuaternary',
  '--link': 'colorLink',
  '--brand': 'colorPrimary',
  '--good': 'colorSuccess',
  '--bad': 'colorError',
  '--bad-ground': 'colorErrorBg',
  '--warn': 'colorWarning',
  '--warn-ground': 'colorWarningBg',
  '--warn-line': 'colorWarningBorder',
  '--font': 'fontFamily',
} as const satisfies Readonly<Record<`--${string}`, keyof GlobalToken>>;

/** Gives the style sheet the same values that the kit uses; overlays stand outside the frame, hence the root element. */
export function publishTokens(token: GlobalToken, appearance: Appearance): void {
  const { style, dataset } = document.documentElement;
  for (const [name, key] of Object.entries(published)) style.setProperty(name, String(token[key]));
  style.setProperty('color-scheme', appearance);
  dataset['appearance'] = appearance;
}

/** The colour by which people tell their companies apart. */
export function accountColour(token: GlobalToken, colour: Account['colour']): string {
  return token[colour];
}
