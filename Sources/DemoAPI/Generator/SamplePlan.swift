/// How many of everything a variant of the sample data has.
struct SamplePlan {
    let products: Int
    let customers: Int
    /// Customers who never bought anything.
    let idleCustomers: Int
    /// Customers whose last sale is 30 to 120 days old.
    let dormantCustomers: Int
    let landlines: Int
    let importedSales: Int
    /// Sales of an ordinary day, and of Fridays and Saturdays.
    let salesPerDay: ClosedRange<Int>
    let salesPerBusyDay: ClosedRange<Int>
    /// The exact number of sales; nil leaves it to chance.
    let totalSales: Int?

    /// Days with sales before today.
    static let days = 119
    static let salesToday = 8
    static let drops = 63

    init(_ variant: DemoConfiguration.Variant) {
        switch variant {
        case .standard:
            self.init(
                products: 42, customers: 60, idleCustomers: 8, dormantCustomers: 12, landlines: 5, importedSales: 40,
                salesPerDay: 4...8, salesPerBusyDay: 9...12, totalSales: nil)
        case .large:
            self.init(
                products: 300, customers: 2000, idleCustomers: 200, dormantCustomers: 400, landlines: 100,
                importedSales: 400, salesPerDay: 120...170, salesPerBusyDay: 200...240, totalSales: 20_000)
        }
    }

    private init(
        products: Int, customers: Int, idleCustomers: Int, dormantCustomers: Int, landlines: Int, importedSales: Int,
        salesPerDay: ClosedRange<Int>, salesPerBusyDay: ClosedRange<Int>, totalSales: Int?
    ) {
        self.products = products
        self.customers = customers
        self.idleCustomers = idleCustomers
        self.dormantCustomers = dormantCustomers
        self.landlines = landlines
        self.importedSales = importedSales
        self.salesPerDay = salesPerDay
        self.salesPerBusyDay = salesPerBusyDay
        self.totalSales = totalSales
    }
}
