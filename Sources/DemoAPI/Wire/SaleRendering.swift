/// Which references of a sale are replaced by what they refer to.
struct SaleRendering {
    /// Where references are looked up; a missing one renders as null.
    let store: Store
    let populatesCustomer: Bool
    let showsPrice: Bool

    /// As `GET /sales` shows sales.
    static func list(_ store: Store) -> SaleRendering {
        SaleRendering(store: store, populatesCustomer: true, showsPrice: true)
    }

    /// As a customer's transactions show sales.
    static func transactions(_ store: Store) -> SaleRendering {
        SaleRendering(store: store, populatesCustomer: false, showsPrice: false)
    }

    func render(_ sale: Sale, into text: inout JSONText) {
        text.object {
            if self.populatesCustomer {
                $0.key("customerId")
                self.renderCustomer(sale.customerID, into: &$0)
            } else {
                $0.member("customerId", sale.customerID)
            }
            $0.key("sellerId")
            self.store.renderSeller(sale.sellerID, into: &$0)
            $0.member("products", array: sale.lines) { line, text in
                text.object {
                    $0.key("productId")
                    self.store.renderProduct(line.productID, showsPrice: self.showsPrice, into: &$0)
                    line.renderRest(into: &$0)
                }
            }
            sale.renderRest(into: &$0)
        }
    }

    private func renderCustomer(_ id: ObjectID, into text: inout JSONText) {
        guard let customer = self.store.customers[id] else { return String?.none.render(into: &text) }
        text.object {
            $0.member("firstName", customer.firstName)
            $0.member("lastName", customer.lastName)
            $0.member("email", ifPresent: customer.email)
            $0.member("id", customer.id)
        }
    }
}

extension Sale: JSONRenderable {
    /// The sale with plain ids, as single sales are shown.
    func render(into text: inout JSONText) {
        text.object {
            $0.member("customerId", self.customerID)
            $0.member("sellerId", self.sellerID)
            $0.member("products", array: self.lines) { line, text in
                text.object {
                    $0.member("productId", line.productID)
                    line.renderRest(into: &$0)
                }
            }
            self.renderRest(into: &$0)
        }
    }

    fileprivate func renderRest(into text: inout JSONText) {
        text.member("totalAmount", self.totalAmount)
        text.member("amountPaid", self.amountPaid)
        text.member("settled", self.settled)
        text.member("settledAt", self.settledAt)
        text.member("originalCreatedAt", self.imported?.originalCreatedAt)
        text.member("importedAt", self.imported?.importedAt)
        text.member("externalSale", self.imported != nil)
        text.member("receiptUrl", self.imported?.receiptURL)
        text.member("importBatch", self.imported?.importBatch)
        text.member("paymentMethod", self.imported?.paymentMethod)
        text.member("isTestData", false)
        text.member("createdAt", self.createdAt)
        text.member("updatedAt", self.updatedAt)
        text.member("id", self.id)
    }
}

extension SaleLine {
    fileprivate func renderRest(into text: inout JSONText) {
        text.member("quantity", self.quantity)
        text.member("priceAtSale", self.priceAtSale)
        text.member("_id", self.id)
    }
}

extension Store {
    /// A product inside another document; the price is today's.
    func renderProduct(_ id: ObjectID, showsPrice: Bool, into text: inout JSONText) {
        guard let product = self.products[id] else { return String?.none.render(into: &text) }
        text.object {
            $0.member("productName", product.productName)
            if showsPrice { $0.member("price", product.price) }
            $0.member("name", product.productName)
            $0.member("id", product.id)
        }
    }

    /// A seller inside another document.
    func renderSeller(_ id: ObjectID, showsEmail: Bool = false, into text: inout JSONText) {
        guard let seller = self.sellers[id] else { return String?.none.render(into: &text) }
        text.object {
            $0.member("firstName", seller.firstName)
            $0.member("lastName", seller.lastName)
            if showsEmail { $0.member("email", seller.email) }
            $0.member("id", seller.id)
        }
    }
}
