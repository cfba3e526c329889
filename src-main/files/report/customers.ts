/** Third part: segments with their money and what to do, top customers, products and countries. */
import type { Content } from 'pdfmake/interfaces.js';
import { groupName } from '../../../src-shared/charts/segment-names.ts';
import type { GroupSummary, Overview, RfmSummary } from '../../../src-shared/domain.ts';
import { chart, heading, section, sentence, shortened, small, table } from './blocks.ts';
import type { ReportData } from './data.ts';
import type { ReportText } from './text.ts';

export function customersPart({ rfm, overview }: ReportData, text: ReportText, width: number): Content[] {
  const { t } = text;
  const start = section(t('report.customers.title'));
  if (!rfm || rfm.customers === 0)
    return [start, sentence(t('report.customers.none')), ...productsPart(overview, text, width)];
  return [
    start,
    ...segmentsPart(rfm, text, width),
    ...bestPart(rfm, text, width),
    ...productsPart(overview, text, width),
  ];
}

function segmentsPart(rfm: RfmSummary, text: ReportText, width: number): Content[] {
  const { t, format } = text;
  const filled = rfm.segments.filter((group) => group.customers > 0);
  return [
    sentence(
      t('report.customers.about', {
        n: rfm.customers,
        customers: format.number(rfm.customers),
        revenue: format.money(rfm.revenue),
        day: format.day(rfm.asOf),
      }),
    ),
    sentence(t('report.customers.oneTime', { n: rfm.oneTimeBuyers, customers: format.number(rfm.oneTimeBuyers) })),
    chart('segmentPie', { level: 'fourGroups', groups: rfm.fourGroups }, text, { width, height: 170 }),
    chart('segmentRevenue', { level: 'segments', groups: rfm.segments }, text, {
      width,
      height: 30 + 17 * Math.max(3, filled.length),
    }),
    heading(t('report.customers.segments')),
    segmentTable(filled, text),
    small(t('report.customers.scores')),
  ];
}

function segmentTable(groups: GroupSummary[], { t, format }: ReportText): Content {
  return table(
    [
      { title: t('charts.column.segment'), width: 72 },
      { title: t('charts.column.customers'), figure: true },
      { title: t('charts.column.revenue'), figure: true },
      { title: t('charts.column.revenueShare'), figure: true, width: 44 },
      { title: t('report.customers.average'), figure: true },
      { title: t('report.customers.recency'), figure: true, width: 44 },
      { title: t('report.customers.todo'), width: '*' },
    ],
    groups.map((group) => [
      groupName(t, 'segments', group.id),
      `${format.number(group.customers)} (${format.share(group.customerShare)})`,
      format.money(group.revenue),
      format.share(group.revenueShare),
      format.money(group.averageRevenue),
      format.decimal(group.averageRecencyDays, 0),
      t(`customers.segments.${group.id}.advice`),
    ]),
  );
}

function bestPart(rfm: RfmSummary, text: ReportText, width: number): Content[] {
  const { t, format } = text;
  const best = rfm.topCustomers.slice(0, 10).map((row) => ({ ...row, customer: shortened(row.customer, 40) }));
  if (best.length === 0) return [];
  const stack = [
    chart('topCustomers', best, text, { width, height: 24 + 17 * Math.max(3, best.length) }),
    table(
      [
        { title: t('charts.column.customer') },
        { title: t('charts.column.segment') },
        { title: t('charts.column.country') },
        { title: t('charts.column.orders'), figure: true },
        { title: t('report.customers.recency'), figure: true },
        { title: t('charts.column.revenue'), figure: true },
      ],
      best.map((row) => [
        row.customer,
        groupName(t, 'segments', row.segment),
        shortened(row.country ?? '', 40),
        format.number(row.frequency),
        format.number(row.recencyDays),
        format.money(row.monetary),
      ]),
    ),
  ];
  return [{ stack, unbreakable: true }];
}

function productsPart(overview: Overview | null, text: ReportText, width: number): Content[] {
  const products = (overview?.topProducts ?? [])
    .slice(0, 10)
    .map((row) => ({ ...row, description: shortened(row.description, 60) }));
  const lands = (overview?.topCountries ?? []).slice(0, 10);
  const rows = (count: number) => 24 + 17 * Math.max(3, count);
  return [
    ...(products.length > 0 ? [chart('topProducts', products, text, { width, height: rows(products.length) })] : []),
    ...(lands.length > 1 ? [chart('countries', lands, text, { width, height: rows(lands.length) })] : []),
  ];
}
