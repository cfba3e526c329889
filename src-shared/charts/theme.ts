/** Colours and letters of the charts: on the screen, light and dark, and on paper. */

export interface ChartTheme {
  name: 'light' | 'dark' | 'paper';
  fontFamily: string;
  fontSize: number;
  text: string;
  /** Axis labels and secondary text; at least 4.5:1 on the surface. */
  muted: string;
  /** Grid lines. */
  grid: string;
  surface: string;
  /** History and other plain marks. */
  primary: string;
  /** A period that is not over. */
  partial: string;
  forecast: string;
  band80: string;
  band95: string;
  /** The line that marks today or a choice. */
  mark: string;
}

const screenFont = 'system-ui, -apple-system, Segoe UI, Noto Sans, sans-serif';

export const chartThemes: Record<ChartTheme['name'], ChartTheme> = {
  light: {
    name: 'light',
    fontFamily: screenFont,
    fontSize: 12,
    text: '#1e293b',
    muted: '#526072',
    grid: '#e2e8f0',
    surface: '#ffffff',
    primary: '#1d5fa8',
    partial: '#9dbfe3',
    forecast: '#b45309',
    band80: '#f2b872',
    band95: '#fbe3c4',
    mark: '#64748b',
  },
  dark: {
    name: 'dark',
    fontFamily: screenFont,
    fontSize: 12,
    text: '#e2e8f0',
    muted: '#a3b0c2',
    grid: '#334155',
    surface: '#0f172a',
    primary: '#60a5fa',
    partial: '#2f5484',
    forecast: '#fbbf24',
    band80: '#8a5a12',
    band95: '#4d3718',
    mark: '#94a3b8',
  },
  paper: {
    name: 'paper',
    fontFamily: 'Noto Sans',
    fontSize: 8,
    text: '#1e293b',
    muted: '#475569',
    grid: '#e2e8f0',
    surface: '#ffffff',
    primary: '#1d5fa8',
    partial: '#9dbfe3',
    forecast: '#b45309',
    band80: '#f2b872',
    band95: '#fbe3c4',
    mark: '#64748b',
  },
};
