import { themeQuartz } from 'ag-grid-community';

/** The kit's own values, by the names under which the page publishes them: the grid follows light and dark by itself. */
export const gridTheme = themeQuartz.withParams({
  browserColorScheme: 'inherit',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  headerTextColor: 'var(--text-2)',
  headerBackgroundColor: 'var(--ground)',
  borderColor: 'var(--line)',
  chromeBackgroundColor: 'var(--ground)',
  accentColor: 'var(--link)',
  rowHoverColor: 'var(--raised)',
  fontFamily: 'var(--font)',
  fontSize: 13,
  headerFontWeight: 600,
  rowHeight: 32,
  headerHeight: 32,
  spacing: 5,
  wrapperBorderRadius: 6,
});
