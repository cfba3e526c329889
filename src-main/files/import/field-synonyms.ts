import type { CustomerField, SalesField } from '../../../src-shared/domain.ts';

/**
 * Header words per field, folded (lower case, no accents, words apart), the surest first.
 * English, German, French, Spanish, Italian, Portuguese, Dutch, and the usual shop and till exports.
 */
export const salesSynonyms: Record<SalesField, string> = {
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

export const customerSynonyms: Record<CustomerField, string> = {
  customer: salesSynonyms.customer
    .replace(/\|(customer name|client name|buyer name|billing name|full name|company|phone)(?=\|)/g, '')
    .concat('|id|no|nr|number|index'),
  name: `name|customer name|full name|client name|display name|company|company name|kundenname|firma|nom|nom client|nom du client|raison sociale|nombre|nombre cliente|nome|nome cliente|ragione sociale|nome do cliente|naam|klantnaam|bedrijf|last name|surname|nachname|first name|vorname`,
  gender: `gender|sex|genre|geschlecht|sexe|sexo|genero|sesso|geslacht`,
  age: `age|age years|customer age|alter|lebensalter|edad|eta|idade|leeftijd|age in years`,
  income: `annual income|annual income k|income|yearly income|salary|household income|annual salary|income k|jahreseinkommen|einkommen|gehalt|revenu annuel|revenu|salaire|ingresos anuales|ingresos|ingreso anual|renta|salario|reddito annuale|reddito|reddito annuo|renda anual|renda|rendimento|jaarinkomen|inkomen`,
  spendingScore: `spending score|spending score 1 100|spend score|spendingscore|spending|ausgabenscore|ausgaben score|score de depense|score de depenses|puntuacion de gasto|punteggio di spesa|pontuacao de gastos|bestedingsscore|score`,
};

/** Header words that name something else, although a field's word stands in them. */
export const otherMeaning =
  /\b(due|birth|dob|geburt\w*|naissance|nacimiento|nascita|nascimento|updated|modified|cancell?ed|refunded|fulfilled|expir\w*|signup|registered|registration|compare at|coupon|voucher(?! no)|promo\w*|discount|rabatt|remise|descuento|sconto|desconto|korting|tax|vat|mwst|ust|tva|iva|btw|steuer|shipping (?!country)|freight|postage|cost|costs|cogs|kosten|einkauf\w*|einstand\w*|cout|coste|costo|custo|kostprijs|profit|margin|marge|gewinn|tip|gratuity|fee|fees|commission|stock (?!code|description)|inventory|bestand|rating|payment method|payment type|zip|postal|plz|currency|wahrung|devise|moneda|valuta|percent\w*|pct|rate|mode|status|time zone|timezone|type of|customer type|customer segment|points|balance)\b/;

/** Lower case, no accents, camelCase and snake_case apart, signs away: 'Annual_Income (k$)' → 'annual income k'. */
export function foldHeader(text: string): string {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const tax = '(?:vat|tax(?:es)?|sales tax|gst|mwst|ust|tva|taxe|iva|btw)';
const taxIncluded = new RegExp(
  `\\b(?:(?:incl|including|inc|inkl|inklusive|with|mit|avec|con|com) ${tax}|${tax} (?:incl|included|compris\\w*|inclus\\w*|incluid\\w*))\\b`,
);
const taxLeftOut = new RegExp(
  `\\b(?:(?:excl|excluding|exc|ex|exkl|exklusive|before|without|ohne|zzgl|hors|sans|sin|senza|sem) ${tax}|${tax} (?:excl|excluded|exclu\\w*|esclus\\w*))\\b`,
);

/** What a folded header says beside its remark on tax: 'amount excl vat' → 'amount'; such a header does not name the tax. */
export function withoutTaxRemark(header: string): { words: string; includesTax: boolean } {
  const strip = (remark: RegExp): string => header.replace(remark, ' ').replace(/ +/g, ' ').trim();
  const included = strip(taxIncluded);
  if (included !== '' && included !== header) return { words: included, includesTax: true };
  return { words: strip(taxLeftOut) || header, includesTax: false };
}
