/** The PDF report: the screens' results set in type, with vector charts and embedded letters. */
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Job } from '../../worker/job.ts';
import { ink, reportTable, styles } from './blocks.ts';
import { actionsPart } from './actions.ts';
import { customersPart } from './customers.ts';
import type { ReportData } from './data.ts';
import { fontFiles, reportFont } from './fonts.ts';
import { notesPart } from './notes.ts';
import { outlookPart } from './outlook.ts';
import { overviewPart } from './overview.ts';
import { createReportText, type ReportText } from './text.ts';

export type { ReportData } from './data.ts';
export type Paper = 'A4' | 'Letter';

const margin = 40;
/** How far down a page a heading may stand. */
const lastHeading = 0.85;
/** Width between the margins, in points. */
const contentWidth: Record<Paper, number> = { A4: 595.28 - 2 * margin, Letter: 612 - 2 * margin };

pdfmake.setFonts({ [reportFont]: { normal: fontFiles.normal, bold: fontFiles.bold } });
pdfmake.setTableLayouts({ report: reportTable });
// Nothing but the two letters' files is read, and nothing is fetched.
pdfmake.setLocalAccessPolicy((path) => Object.values(fontFiles).includes(path));
pdfmake.setUrlAccessPolicy(() => false);

/**
 * The report as PDF bytes: same data and paper, same bytes.
 * @param job told after each part; its cancel ends the work there
 */
export async function makeReport(data: ReportData, paper: Paper, job: Pick<Job, 'tick'>): Promise<Uint8Array> {
  const text = createReportText(data.settings);
  const shown = text.printable.json(data);
  const width = contentWidth[paper];
  const parts = [overviewPart, outlookPart, customersPart, actionsPart, notesPart];
  const content: Content[] = [];
  for (const [i, part] of parts.entries()) {
    job.tick(i, parts.length + 1, text.t('report.making'));
    content.push(part(shown, text, width));
  }
  job.tick(parts.length, parts.length + 1, text.t('report.making'));
  const bytes = await pdfmake.createPdf(definition(content, shown, paper, text)).getBuffer();
  job.tick(parts.length + 1, parts.length + 1, text.t('report.making'));
  return bytes;
}

function definition(content: Content[], data: ReportData, paper: Paper, text: ReportText): TDocumentDefinitions {
  const { t, format } = text;
  const name = data.settings.businessName.trim() || t('report.noName');
  const asOf = data.overview?.asOf ?? '2000-01-01';
  const foot = [name, data.overview ? t('report.asOf', { day: format.day(data.overview.asOf) }) : '']
    .filter(Boolean)
    .join(' · ');
  return {
    pageSize: paper === 'A4' ? 'A4' : 'LETTER',
    pageMargins: [margin, margin, margin, 48],
    // The day of the data stands for the clock, so that the same data make the same file.
    info: {
      title: t('report.titleOf', { name }),
      creator: 'Salescope',
      producer: 'Salescope',
      creationDate: new Date(`${asOf}T00:00:00Z`),
    },
    language: 'en',
    defaultStyle: { font: reportFont, fontSize: 9.5, color: ink.text },
    styles,
    content,
    // No heading at the foot of a page: below it there must be room for a table's head and first rows.
    pageBreakBefore: (node) => node.headlineLevel !== undefined && node.startPosition.verticalRatio > lastHeading,
    footer: (page, pages) => ({
      margin: [margin, 14, margin, 0],
      columns: [
        { text: foot, style: 'small' },
        { text: t('report.page', { page, pages }), style: 'small', alignment: 'right', width: 'auto' },
      ],
    }),
  };
}
