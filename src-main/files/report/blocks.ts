/** The report's building blocks: headings, paragraphs, tiles, tables and charts as pdfmake content. */
import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import type { ChartData, ChartId } from '../../../src-shared/charts/registry.ts';
import { chartSvg } from './charts.ts';
import { sizeToFit, textWidth } from './fonts.ts';
import type { ReportText } from './text.ts';

export const ink = { text: '#1e293b', muted: '#475569', line: '#cbd5e1', head: '#eef2f7', accent: '#1d5fa8' };

export const styles = {
  title: { fontSize: 21, bold: true, color: ink.text },
  subtitle: { fontSize: 10.5, color: ink.muted },
  section: { fontSize: 15, bold: true, color: ink.text, margin: [0, 22, 0, 8] as [number, number, number, number] },
  heading: { fontSize: 11, bold: true, color: ink.text, margin: [0, 12, 0, 4] as [number, number, number, number] },
  sentence: { fontSize: 10.5, lineHeight: 1.25 },
  small: { fontSize: 8, color: ink.muted, lineHeight: 1.2 },
};

/** Lines below rows, a tinted head, air between columns. */
export const reportTable: CustomTableLayout = {
  hLineWidth: (i, node) => (i === 0 || i === node.table.body.length ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => ink.line,
  fillColor: (row) => (row === 0 ? ink.head : null),
  paddingLeft: () => cellPadding,
  paddingRight: () => cellPadding,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};

/** A part's heading; only the second part must start a page, so that the headline has the first for itself. */
export const section = (text: string, startsPage = false): Content => ({
  text,
  style: 'section',
  headlineLevel: 1,
  ...(startsPage ? { pageBreak: 'before' as const, margin: [0, 0, 0, 8] } : {}),
});
export const heading = (text: string): Content => ({ text, style: 'heading', headlineLevel: 2 });
/** A heading and what belongs under it, on one page; for what is surely shorter than a page. */
export const together = (title: string, ...content: Content[]): Content => ({
  stack: [{ text: title, style: 'heading' }, ...content],
  unbreakable: true,
});
export const sentence = (text: string): Content => ({ text, style: 'sentence', margin: [0, 0, 0, 3] });
/** A remark that stays on one page. */
export const small = (text: string): Content => ({
  stack: [{ text, style: 'small', margin: [0, 3, 0, 0] }],
  unbreakable: true,
});
export const bullets = (texts: string[]): Content => ({
  ul: texts.map((text) => ({ text, style: 'sentence', margin: [0, 0, 0, 2] })),
});

/** Words longer than a column would run over its edge: they may break every 18 letters. */
export const breakable = (text: string): string =>
  text.replace(/\S{19,}/gu, (word) => [...word].map((c, i) => (i % 18 === 17 ? `${c}\u200b` : c)).join(''));

/** At most `most` letters, the rest as an ellipsis. */
export function shortened(text: string, most: number): string {
  const letters = [...text.trim()];
  return letters.length <= most
    ? text.trim()
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

export interface Column {
  title: string;
  /** Figures stand on the right. */
  figure?: boolean;
  width?: 'auto' | '*' | number;
}

const cellSize = 8.5;
const cellPadding = 4;
/** A column of words gets at least this width. */
const wordsWidth = 60;
/** Content width of the narrower paper (A4). */
const narrowest = 515;

/** Figures are never broken or cut: where they are too long for the paper, the whole table is set smaller. */
function sizeOfCells(columns: Column[], rows: string[][]): number {
  const widthOf = (column: Column, c: number): number => {
    if (!column.figure) return typeof column.width === 'number' ? column.width : wordsWidth;
    return rows.reduce((widest, row) => Math.max(widest, textWidth(row[c], cellSize, true)), 24);
  };
  const needed = columns.reduce((sum, column, c) => sum + widthOf(column, c) + 2 * cellPadding, 0);
  return needed <= narrowest ? cellSize : Math.max(4, Math.floor((10 * cellSize * narrowest) / needed) / 10);
}

/** A table whose head repeats on each page and whose rows stay whole. */
export function table(
  columns: Column[],
  rows: string[][],
  emphasised: (row: number) => boolean = () => false,
): Content {
  const fontSize = sizeOfCells(columns, rows);
  const cell = (text: string, column: Column, bold: boolean, noWrap: boolean): TableCell => ({
    text: breakable(text),
    fontSize,
    bold,
    noWrap,
    alignment: column.figure ? 'right' : 'left',
  });
  return {
    layout: 'report',
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map((column) => column.width ?? (column.figure ? 'auto' : '*')),
      body: [
        columns.map((column) => cell(column.title, column, true, false)),
        ...rows.map((row, i) =>
          row.map((text, c) => cell(text, columns[c], emphasised(i), columns[c].figure === true)),
        ),
      ],
    },
  };
}

export interface Tile {
  label: string;
  value: string;
  /** One line each, below the value. */
  lines: string[];
}

const tileGap = 6;
const tilePadding = 6;

/** Tiles side by side; a long figure is set smaller rather than broken. */
export function tiles(all: Tile[], width: number): Content {
  const inner = (width - tileGap * (all.length - 1)) / all.length - 2 * tilePadding;
  return {
    layout: {
      hLineWidth: () => 0,
      // White lines part the tiles, so that all have one height.
      vLineWidth: (i) => (i === 0 || i === all.length ? 0 : tileGap),
      vLineColor: () => '#ffffff',
      paddingLeft: () => tilePadding,
      paddingRight: () => tilePadding,
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
    table: {
      widths: all.map(() => inner),
      body: [all.map((tile): TableCell => ({ stack: tileLines(tile, inner), fillColor: ink.head }))],
    },
    margin: [0, 2, 0, 4],
  };
}

const tileLines = (tile: Tile, width: number): Content[] => [
  { text: tile.label, fontSize: sizeToFit(tile.label, width, 8, 6, false), color: ink.muted },
  {
    text: tile.value,
    fontSize: sizeToFit(tile.value, width, 14, 5, true),
    bold: true,
    noWrap: true,
    margin: [0, 1, 0, 1],
  },
  ...tile.lines.map((text): Content => ({ text, fontSize: 7, color: ink.muted })),
];

/** A chart under its heading; both stay on one page. */
export function chart<Id extends ChartId>(
  id: Id,
  data: ChartData<Id>,
  text: ReportText,
  size: { width: number; height: number },
): Content {
  const stack: Content[] = [
    { text: text.t(`charts.${id}.title`), style: 'heading' },
    { svg: chartSvg(id, data, text, size), width: size.width, height: size.height, font: 'Noto Sans' } as Content,
  ];
  return { stack, unbreakable: true };
}
