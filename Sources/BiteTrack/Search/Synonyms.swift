/// Words of the trade, in English and Spanish, and the words the modules use for the same.
enum Synonyms {
    private static let table: [String: String] = [
        "client buyer shopper guest people person contact phone cliente clientes": "customer",
        "purchase order receipt invoice bought compra compras pedido historial history": "transaction sale purchases",
        "sold sell selling venta ventas vender vendido": "sale",
        "revenue income turnover earnings takings profit ingresos ganancias facturacion": "revenue analytics",
        "unpaid debt owe owes owing outstanding due credit deuda deudas pendiente pendientes impagado fiado":
            "unsettled unpaid settled",
        "paid payment pago pagado pagos": "settled paid",
        "waste spoil spoiled spoilage trash loss lost expired discard discarded thrown throw desperdicio merma mermas"
            + " desecho perdida perdidas vencido": "waste drop",
        "stock quantity availability inventario existencias level": "stock product",
        "item goods article merchandise menu catalog catalogue dish producto productos articulo": "product",
        "price cost precio precios": "price product",
        "signin sign authenticate authentication authorize credentials password session logon iniciar sesion entrar"
            + " acceso contrasena token": "login logs",
        "report statistics stats kpi dashboard trend chart metrics bestseller popular top best average total totals"
            + " informe reporte estadisticas resumen promedio": "analytics sums reporting",
        "idle inactive dormant churn inactivo": "idle customers",
        "single one detail details detalle": "one",
        "daily weekly monthly yearly hourly diario semanal mensual": "series period",
    ]

    private static let index: [String: [String]] = {
        var index: [String: [String]] = [:]
        for (words, meanings) in table {
            for word in SearchTerms.words(of: words) {
                index[SearchTerms.stem(word), default: []] += SearchTerms.words(of: meanings).map(SearchTerms.stem)
            }
        }
        return index
    }()

    /// Stems that somebody may say instead of those the modules use.
    static var stems: some Collection<String> { self.index.keys }

    /// Stems that mean the same as `stem`, without itself.
    static func of(_ stem: String) -> [String] { (self.index[stem] ?? []).filter { $0 != stem } }
}
