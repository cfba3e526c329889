import type { Field, FieldOf } from '../../../../src-shared/domain.ts';
import { type ColumnProfile, columnType } from '../column-profile.ts';
import { assignByHeader, isDates, isNumbers, type Mapping, unused } from '../field-candidates.ts';
import { headerScore } from '../header-score.ts';
import { otherMeaning } from '../header-words.ts';
import { headerOf, note } from '../import-plan.ts';
import type { Pace } from '../pace.ts';
import { decideAmountMode, repeatsOrderTotal } from './money-columns.ts';
import { guessMoney } from './money-guess.ts';
import { SaleColumns } from './sale-columns.ts';
import type { Proposal, TableKindDefinition } from './table-kind.ts';

export const salesSynonyms: Record<FieldOf<'sales'>, string> = {
  date: `invoice date|order date|transaction date|sale date|sales date|purchase date|date of sale|date of purchase|created at|order created at|date created|created date|paid at|posting date|receipt date|bill date|document date|doc date|invoicedate|orderdate|transactiondate|trans date|txn date|date time|datetime|date|timestamp|time stamp|event time|order purchase timestamp|purchased at|purchased on|sold at|sold on|ordered on|ordered at|business date|day|week|month|period|
    rechnungsdatum|belegdatum|bestelldatum|verkaufsdatum|auftragsdatum|kaufdatum|buchungsdatum|lieferdatum|zeitstempel|datum uhrzeit|datum|tag|monat|
    date de facture|date facture|date de commande|date commande|date de vente|date vente|date d achat|date achat|horodatage|jour|mois|
    fecha de factura|fecha factura|fecha de venta|fecha venta|fecha de pedido|fecha pedido|fecha de compra|fecha compra|fecha hora|fecha|dia|mes|
    data fattura|data ordine|data vendita|data acquisto|data documento|data e ora|data|giorno|mese|data scontrino|
    data da venda|data venda|data do pedido|data pedido|data da compra|data compra|data da fatura|data emissao|data de emissao|
    factuurdatum|besteldatum|orderdatum|verkoopdatum|aankoopdatum|transactiedatum|maand|ship date|shipped date|delivery date`,
  time: `time|transaction time|order time|sale time|time of sale|receipt time|hour|uhrzeit|zeit|belegzeit|heure|hora|ora|orario|tijd|tijdstip|time of day`,
  invoice: `invoice|invoice no|invoice number|invoice id|invoiceno|invoice num|order id|order number|order no|orderid|order|order name|sales order|transaction id|transaction no|transaction number|transaction|trans id|txn id|receipt no|receipt number|receipt id|receipt|bill no|bill number|bill id|bill|ticket number|ticket no|ticket id|ticket|basket id|basket|check number|check no|order ref|order reference|invoice ref|document no|document number|doc no|doc number|voucher no|sale id|purchase id|cart id|
    rechnungsnummer|rechnungsnr|rechnungs nr|rechnung nr|rechnung|belegnummer|belegnr|beleg nr|beleg|bestellnummer|bestellnr|bestell nr|bestellung|auftragsnummer|auftragsnr|auftrag|bonnummer|bonnr|bon nr|bon|kassenbon|vorgangsnummer|
    numero de facture|n facture|no facture|num facture|facture|numero de commande|n commande|no commande|num commande|commande|numero ticket|numero de ticket|n ticket|piece|
    numero de factura|num factura|n factura|factura|numero de pedido|num pedido|n pedido|pedido|numero ticket|numero de venta|folio|recibo|
    numero fattura|n fattura|fattura|numero ordine|n ordine|ordine|scontrino|numero scontrino|numero documento|n documento|num documento|
    numero da fatura|fatura|numero do pedido|nota fiscal|nf|numero da venda|cupom|
    factuurnummer|factuur nr|factuur|bestelnummer|bestelling|ordernummer|bonnummer|kassabon|transactienummer`,
  customer: `customer id|customerid|customer no|customer number|customer code|cust id|custid|client id|client no|client code|user id|userid|member id|member no|membership id|loyalty id|loyalty card|card no|card number|buyer id|account no|account number|account id|contact id|shopper id|patron id|customer reference id|customer ref|customer reference|cust ref|customer|client|buyer|member|user|customer email|email|e mail|email address|buyer email|billing email|customer name|client name|buyer name|buyer user id|billing name|full name|company|phone|retailer id|retailer|cust|
    kundennummer|kundennr|kunden nr|kunden id|kunde nr|kundenid|kunde|debitor|debitorennummer|kundenname|mitgliedsnummer|e mail adresse|
    numero client|no client|n client|code client|id client|client|nom du client|nom client|acheteur|courriel|
    id cliente|codigo cliente|cod cliente|codigo de cliente|codigo del cliente|num cliente|numero de cliente|n cliente|cliente|nombre cliente|nombre del cliente|comprador|correo|
    codice cliente|cod cliente|numero cliente|nome cliente|acquirente|
    id do cliente|codigo do cliente|cod cliente|nome do cliente|
    klantnummer|klantnr|klant nr|klant id|klantcode|klant|klantnaam|koper`,
  product: `stock code|stockcode|product id|productid|product code|product no|product number|item id|item no|item number|item code|itemid|article no|article number|article id|article code|sku|sku id|lineitem sku|product sku|plu|upc|ean|barcode|gtin|part number|part no|variant sku|style code|listing id|prod id|prod code|product|item|article|product key|material|prod|code|codigo|codice|cod|kod|art|
    artikelnummer|artikelnr|artikel nr|art nr|artnr|artikelcode|artikel id|produktnummer|produktnr|produkt id|warennummer|artikel|produkt|
    reference|ref|ref article|code article|code produit|reference produit|reference article|id produit|article|produit|
    codigo producto|cod producto|codigo de producto|codigo del producto|codigo articulo|cod articulo|id producto|referencia|producto|articulo|
    codice articolo|cod articolo|codice prodotto|id prodotto|articolo|prodotto|
    codigo do produto|cod produto|id do produto|id produto|produto|
    artikelnummer|productcode|productnummer|product id`,
  description: `description|product name|item name|productname|itemname|product description|item description|item desc|product desc|product title|item title|lineitem name|article name|article description|stock description|goods|title|product detail|menu item|item sold|desc|name|dish|service|
    bezeichnung|artikelbezeichnung|artikelname|artikeltext|beschreibung|produktname|produktbezeichnung|warenbezeichnung|leistung|
    designation|libelle|libelle article|nom du produit|nom produit|nom article|description article|intitule|
    descripcion|nombre producto|nombre del producto|nombre articulo|descripcion articulo|concepto|detalle|
    descrizione|nome prodotto|nome articolo|descrizione articolo|descrizione prodotto|
    descricao|nome do produto|nome produto|descricao do produto|
    omschrijving|artikelomschrijving|productnaam|artikelnaam|beschrijving`,
  quantity: `quantity|qty|quantity sold|qty sold|units sold|units|unit sold|quantity ordered|qty ordered|order quantity|order qty|lineitem quantity|item quantity|item qty|sales qty|sold qty|sold|no of items|number of items|items sold|items|count|pieces|pcs|transaction qty|volume|quantity purchased|purchase quantity|
    menge|anzahl|stuckzahl|stueckzahl|stuck|stueck|verkaufte menge|absatz|absatzmenge|einheiten|
    quantite|qte|nombre|nb|qte vendue|quantite vendue|unites|
    cantidad|cant|unidades|uds|cantidad vendida|piezas|
    quantita|qta|q ta|pezzi|unita|quantita venduta|
    quantidade|qtd|qtde|unidades vendidas|
    aantal|hoeveelheid|stuks|verkocht aantal`,
  price: `unit price|price each|unitprice|price per unit|price unit|item price|lineitem price|product price|sale price|sales price|selling price|price|rate|unit cost to customer|unit amount|retail price|item cost|mrp|list price|net price|
    einzelpreis|stuckpreis|stueckpreis|preis|vk preis|verkaufspreis|e preis|ep|preis pro stuck|preis stuck|listenpreis|
    prix unitaire|p u|pu|prix|prix de vente|prix vente|prix unitaire ttc|prix unitaire ht|pu ht|pu ttc|tarif|
    precio unitario|precio|precio unidad|precio de venta|precio venta|p unitario|pvp|
    prezzo unitario|prezzo|prezzo di vendita|prezzo vendita|
    preco unitario|preco|valor unitario|preco de venda|vl unitario|
    eenheidsprijs|stukprijs|prijs|verkoopprijs|prijs per stuk`,
  amount: `net sales|net amount|product sales|net total|net revenue|line total|line amount|linetotal|row total|item total|line item total|lineitem total|total price|total amount|totalprice|sales amount|sale amount|total sales|total sale|total revenue|line value|extended price|ext price|amount|sales|sale|revenue|turnover|net price|net value|value|amount paid|gross sales|gross amount|gross revenue|total|subtotal|sub total|order total|order amount|grand total|invoice total|invoice amount|transaction amount|payment value|payment amount|total paid|total spent|spend|weekly sales|monthly sales|daily sales|sales value|earnings|income|price total|net|gross|
    gesamtpreis|positionssumme|zeilensumme|nettobetrag|netto umsatz|nettoumsatz|umsatz netto|betrag netto|netto betrag|nettowert|betrag|umsatz|gesamtbetrag|gesamt|summe|gesamtsumme|netto|bruttobetrag|brutto|bruttoumsatz|umsatz brutto|warenwert|endpreis|rechnungsbetrag|erlos|erloes|wert|
    montant|montant ht|montant ttc|montant net|total ligne|total ht|total ttc|prix total|chiffre d affaires|ca|ca ht|ca ttc|ventes|vente|montant total|
    importe|importe neto|importe total|total linea|monto|venta|ventas|venta neta|ventas netas|total venta|ingresos|precio total|valor|
    importo|importo netto|imponibile|totale riga|totale|prezzo totale|fatturato|vendite|ricavo|ricavi|incasso|
    valor total|total da linha|montante|vendas|receita|faturamento|preco total|valor liquido|vl total|
    bedrag|totaal|totaalbedrag|totaalprijs|omzet|regeltotaal|netto bedrag|verkoop`,
  country: `country|country name|country code|shipping country|ship country|billing country|bill country|customer country|delivery country|destination country|market|
    land|lieferland|rechnungsland|kundenland|pays|pays de livraison|pais|pais de envio|paese|nazione|stato|pais de entrega|region|country region|regio`,
  category: `category|product category|product category name|item category|category name|product line|product type|product group|department|dept|item type|family|class|item group|sub category|subcategory|
    kategorie|warengruppe|produktgruppe|artikelgruppe|produktkategorie|sparte|abteilung|
    categorie|famille|rayon|categorie produit|type de produit|
    categoria|familia|departamento|grupo|rubro|linea|
    reparto|gruppo|famiglia|categoria prodotto|
    categoria do produto|setor|
    categorie|productgroep|artikelgroep|afdeling`,
};

const words = {
  synonyms: salesSynonyms,
  tests: {
    date: isDates,
    time: (column: ColumnProfile) => column.times >= 0.5,
    quantity: isNumbers,
    price: isNumbers,
    amount: isNumbers,
  },
};

const textLength = (column: ColumnProfile): number =>
  column.cells.reduce<number>((sum, cell) => sum + String(cell).length, 0);

/** The column with the longest texts, the first of equal ones. */
function wordiest(columns: readonly ColumnProfile[]): ColumnProfile | null {
  let best: ColumnProfile | null = null;
  let most = -1;
  for (const column of columns) {
    const length = textLength(column);
    if (length > most) [best, most] = [column, length];
  }
  return best;
}

const productNouns = /^(item|product|article|artikel|produkt|produit|producto|articulo|articolo|prodotto|produto)$/;
const otherNames =
  /\b(customer|client|buyer|user|first|last|full|middle|family|contact|company|store|shop|branch|city|state|region|country|ship\w*|billing|seller|vendor|supplier|retailer|employee|staff|manager|person|rep|warehouse|location|brand|channel|campaign|file|sheet|price point|device|category)\b/;

/** The name of the product where no header says "description": "Item" beside a code, or "Pizza name" where nothing else names a product. */
function guessProductName(columns: readonly ColumnProfile[], mapping: Mapping): Field[] {
  if (mapping.description !== undefined) return [];
  const lineLevel = mapping.invoice !== undefined || mapping.quantity !== undefined || mapping.price !== undefined;
  const texts = unused(columns, mapping).filter((column) => columnType(column) === 'text' && column.numbers < 0.1);
  const named = texts.find(({ folded }) => {
    if (mapping.product !== undefined) return productNouns.test(folded);
    return lineLevel && / name$/.test(folded) && !otherNames.test(folded) && !otherMeaning.test(folded);
  });
  if (!named) return [];
  mapping.description = named.index;
  return mapping.product === undefined ? ['description'] : [];
}

async function proposeSales(columns: readonly ColumnProfile[], headerless: boolean, pace: Pace): Promise<Proposal> {
  const mapping = await assignByHeader(columns, words, pace);
  const guessed: Field[] = [];
  if (mapping.date === undefined) {
    const found = unused(columns, mapping)
      .filter((column) => columnType(column) === 'date' && !otherMeaning.test(column.folded))
      .sort((a, b) => b.dates - a.dates || a.index - b.index)[0];
    if (found) {
      mapping.date = found.index;
      guessed.push('date');
    }
  }
  if (mapping.amount === undefined && (mapping.quantity === undefined || mapping.price === undefined)) {
    const noQuantity = headerless && mapping.quantity === undefined;
    const money = await guessMoney(unused(columns, mapping), noQuantity, pace);
    Object.assign(mapping, money);
    guessed.push(...(Object.keys(money) as Field[]));
  }
  if (headerless && mapping.product === undefined && mapping.description === undefined) {
    const texts = unused(columns, mapping).filter((column) => columnType(column) === 'text' && column.numbers < 0.1);
    const wordy = wordiest(texts);
    if (wordy) {
      mapping.description = wordy.index;
      guessed.push('description');
    }
  }
  if (!headerless) guessed.push(...guessProductName(columns, mapping));
  // "Quantity, Net price": without a price of its own, what can be a price is one.
  if (mapping.amount !== undefined && mapping.quantity !== undefined && mapping.price === undefined) {
    if (headerScore(columns[mapping.amount].folded, salesSynonyms.price) >= 70) {
      mapping.price = mapping.amount;
      delete mapping.amount;
    }
  }
  // "Date, Item, Price": the price of a line is its amount.
  if (mapping.price !== undefined && mapping.quantity === undefined && mapping.amount === undefined) {
    mapping.amount = mapping.price;
    delete mapping.price;
  }
  return { mapping, guessed };
}

/** Sale lines, one product of one order each: a date, and what was paid. What fits no other kind is taken for them. */
export const salesKind: TableKindDefinition = {
  ...words,
  dates: ['date'],
  numbers: ['quantity', 'price', 'amount'],
  asked: { date: 'a date', amount: 'an amount (or quantity and price)', price: 'a price (or an amount)' },
  missing(mapping) {
    const missing: Field[] = mapping.date === undefined ? ['date'] : [];
    if (mapping.amount !== undefined) return missing;
    if (mapping.quantity !== undefined && mapping.price === undefined) missing.push('price');
    else if (mapping.price === undefined) missing.push('amount');
    return missing;
  },
  propose: proposeSales,
  isOne: () => true,
  correct(columns, mapping, chosen) {
    if (chosen?.amount !== undefined || !repeatsOrderTotal(columns, mapping)) return [];
    const { header } = columns[mapping.amount ?? 0];
    delete mapping.amount;
    return [note('order-total-repeated', { column: header }, 'warning')];
  },
  amountMode: decideAmountMode,
  doubts(plan) {
    const { amountMode, mapping } = plan;
    return amountMode === 'amount' && mapping.quantity !== undefined && mapping.price !== undefined
      ? [note('amount-preferred', { column: headerOf(plan, 'amount') })]
      : [];
  },
  builder: (plan) => new SaleColumns(plan),
};
