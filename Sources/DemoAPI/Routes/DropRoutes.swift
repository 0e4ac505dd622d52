import JSON
import NIOHTTP1

/// `/inventory-drops`: list, read, drop, undo.
///
/// Analytics are in a file of their own.
enum DropRoutes {
    static let all = [
        Route(.GET, "/inventory-drops", .administrators, Self.list),
        Route(.POST, "/inventory-drops", .administrators, Self.create),
        Route(.GET, "/inventory-drops/undoable", .administrators, Self.undoable),
        Route(.GET, "/inventory-drops/analytics", .administrators, DropAnalytics.report),
        Route(.GET, "/inventory-drops/:id", .administrators, Self.read),
        Route(.POST, "/inventory-drops/:id/undo", .administrators, Self.undo),
    ]

    @Sendable
    private static func list(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let failure = APIError.failure("Failed to retrieve inventory drops")
        let query = call.query
        let page = query["page"].map { JSNumber.parseInt($0) } ?? 1
        let limit = query["limit"].map { JSNumber.parseInt($0) } ?? 10
        guard let page, let limit, limit >= 0 else { throw .badRequest("Invalid page or limit") }
        guard page >= 1 else { throw failure }
        let filter = try DropFilter(query, orThrow: failure)
        let includesUndone = (query["includeUndone"] ?? "false") != "false"
        let drops = store.drops.newestFirst.filter { filter.matches($0) && (includesUndone || !$0.isUndone) }
        let skipped = (page - 1).multipliedReportingOverflow(by: limit).partialValue
        let rows = limit == 0 ? drops[...] : drops.dropFirst(skipped).prefix(limit)
        let totalPages = limit == 0 ? nil : (drops.count + limit - 1) / limit
        let rendering = DropRendering(store: store, now: call.now)
        return .object {
            $0.member("drops", array: rows) { rendering.render($0, into: &$1) }
            $0.member("pagination") {
                $0.member("currentPage", page)
                $0.member("totalPages", totalPages)
                $0.member("totalCount", drops.count)
                // With limit 0 the original compares with infinity: there is always a next page.
                $0.member("hasNextPage", totalPages.map { page < $0 } ?? true)
                $0.member("hasPrevPage", page > 1)
            }
        }
    }

    @Sendable
    private static func undoable(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let user = call.query.nonEmpty("userId")
        let userID = user.flatMap { ObjectID($0) }
        guard user == nil || userID != nil else { throw .failure("Failed to retrieve undoable drops") }
        let drops = store.drops.newestFirst.filter {
            $0.canUndo(at: call.now) && (userID == nil || $0.droppedBy == userID)
        }
        let rendering = DropRendering(store: store, now: call.now, showsPrice: false)
        return .object {
            $0.member("message", "Found \(drops.count) undoable drops")
            $0.member("undoableDrops", array: drops) { rendering.render($0, into: &$1) }
            $0.member("currentTime", call.now)
        }
    }

    @Sendable
    private static func read(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let id = try call.id(orThrow: .failure("Failed to retrieve inventory drop"))
        guard let drop = store.drops[id] else {
            throw .notFound("Inventory drop with the specified ID does not exist", error: "Drop Not Found")
        }
        let rendering = DropRendering(
            store: store, now: call.now, showsDroppedByEmail: true, showsUndoneByEmail: true)
        return .object {
            $0.key("drop")
            rendering.render(drop, into: &$0)
            $0.member("canUndo", drop.canUndo(at: call.now))
            $0.member("timeRemainingForUndo", drop.undoMinutesLeft(at: call.now))
        }
    }

    @Sendable
    private static func create(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let input = try DropInput(call.body)
        guard let productID = ObjectID(input.productID) else { throw .failure("Failed to drop inventory") }
        guard let product = store.products[productID] else {
            throw .notFound("Product with the specified ID does not exist", error: "Product Not Found")
        }
        guard product.count >= input.quantity else {
            throw .badRequest(
                "Cannot drop \(input.quantity) units. Only \(product.count) units available",
                error: "Insufficient Inventory")
        }
        let drop = InventoryDrop(
            id: store.ids.next(at: call.now), productID: productID, productName: product.productName,
            quantityDropped: input.quantity, originalQuantity: product.count, pricePerUnit: product.price,
            reason: input.reason, notes: input.notes, droppedBy: try call.requireCaller().id, droppedAt: call.now,
            productionDate: input.productionDate, expirationDate: input.expirationDate, batchID: input.batchID,
            updatedAt: call.now)
        store.drops.append(drop)
        store.products.update(productID) {
            $0.count = drop.remainingQuantity
            $0.updatedAt = call.now
        }
        let rendering = DropRendering(store: store, now: call.now, showsDroppedByEmail: true)
        return .object(status: 201) {
            $0.member("message", "Inventory dropped successfully")
            $0.key("drop")
            rendering.render(drop, into: &$0)
            $0.member("updatedProduct") {
                $0.member("id", productID)
                $0.member("productName", product.productName)
                $0.member("previousQuantity", product.count)
                $0.member("newQuantity", drop.remainingQuantity)
                $0.member("quantityDropped", drop.quantityDropped)
            }
            $0.member("undoInfo") {
                $0.member("canUndo", drop.canUndo(at: call.now))
                $0.member("undoExpiresAt", drop.undoExpiresAt)
                $0.member("timeRemainingMinutes", drop.undoMinutesLeft(at: call.now))
            }
        }
    }

    @Sendable
    private static func undo(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let failure = APIError.failure("Failed to undo inventory drop")
        let id = try call.id(orThrow: failure)
        let reason = call.body["undoReason"]
        guard reason?.objectValue == nil, reason?.arrayValue == nil,
            let reason = Optional(reason?.validated ?? ""), reason.count <= 300
        else { throw failure }
        guard let drop = store.drops[id] else {
            throw .notFound(
                "Inventory drop record with the specified ID does not exist", error: "Drop Record Not Found")
        }
        guard !drop.isUndone else {
            throw .badRequest("This inventory drop has already been undone", error: "Cannot Undo Drop")
        }
        guard drop.canUndo(at: call.now) else {
            throw .badRequest(
                "The undo window for this inventory drop has expired (8 hours)", error: "Cannot Undo Drop")
        }
        guard let product = store.products[drop.productID] else {
            throw .notFound("The product associated with this drop no longer exists", error: "Product Not Found")
        }
        let undo = InventoryDrop.Undo(by: try call.requireCaller().id, at: call.now, reason: reason)
        let undone = store.drops.update(id) {
            $0.undo = undo
            $0.updatedAt = call.now
        }
        store.products.update(product.id) {
            $0.count += drop.quantityDropped
            $0.updatedAt = call.now
        }
        let rendering = DropRendering(store: store, now: call.now)
        return .object {
            $0.member("message", "Inventory drop undone successfully")
            $0.key("drop")
            rendering.render(undone ?? drop, into: &$0)
            $0.member("restoredProduct") {
                $0.member("id", product.id)
                $0.member("productName", product.productName)
                $0.member("previousQuantity", product.count)
                $0.member("newQuantity", product.count + drop.quantityDropped)
                $0.member("quantityRestored", drop.quantityDropped)
            }
        }
    }
}

extension Table<InventoryDrop> {
    /// By time of the drop; equal times keep the order of entry reversed.
    var newestFirst: [InventoryDrop] {
        self.rows.enumerated().sorted { ($0.element.droppedAt, $0.offset) > ($1.element.droppedAt, $1.offset) }
            .map(\.element)
    }
}
