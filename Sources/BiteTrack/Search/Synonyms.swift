/// Words of the trade, in English and Spanish, and the words the modules use for the same.
enum Synonyms {
    private static let table: [String: String] = [
        "client buyer shopper guest person contact cliente clientes": "customer",
        "purchase order receipt ticket bought compra compras pedido": "transaction sale purchases",
        "sold sell selling venta ventas vender vendido": "sale",
        "revenue income turnover earnings takings profit ingresos ganancias facturacion": "revenue analytics",
        "debt owe owes owing outstanding due deuda deudas debe deben pendiente pendientes": "unsettled unpaid debt",
        "unpaid impagado impaga fiado": "unsettled unpaid",
        "paid payment pay pago pagado pagos pagar": "settle settled paid",
        "settled settlement": "settlement settled",
        "waste spoil spoiled spoilage trash expired discard discarded thrown throw desperdicio merma mermas desecho"
            + " vencido": "waste drop",
        "inventario existencias": "stock inventory",
        "item goods article merchandise dish producto productos articulo": "product",
        "price precio precios": "price",
        "signin signon authenticate authentication credentials logon contrasena": "login password",
        "employee staff worker cashier vendedor vendedores empleado empleados": "seller",
        "report statistics stats kpi dashboard metrics informe reporte estadisticas resumen": "report analytics",
        "idle inactive dormant churn inactivo inactivos": "idle",
        "single one detail details detalle una": "one single",
        "find search look lookup buscar encontrar": "find search",
        "add new create make record register nuevo nueva crear agregar registrar": "create record new",
        "delete remove erase eliminar borrar quitar": "delete",
        "change edit modify cambiar editar actualizar": "change update",
        "daily diario": "daily day",
        "monthly mensual": "month monthly",
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
