/// `GET /inventory-drops/analytics`: what was thrown away, why and what it was worth.
enum DropAnalytics {
    @Sendable
    static func report(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        var filter = try DropFilter(call.query, orThrow: .failure("Failed to retrieve drop analytics"))
        let start = filter.start ?? call.now.adding(days: -30)
        let end = filter.end ?? call.now
        filter.start = start
        filter.end = end
        let valid = store.drops.rows.filter { !$0.isUndone }
        let drops = valid.filter { filter.matches($0) }
        let reasons = Self.groups(of: drops) { $0.reason }
        let today = valid.filter { $0.droppedAt >= end.startOfDay && $0.droppedAt <= end.endOfDay }
        let value = JSNumber.roundedToCents(Self.value(of: drops))
        let average = drops.isEmpty ? 0 : Self.value(of: drops) / Double(drops.count)
        return .object {
            $0.member("period") {
                $0.member("startDate", start)
                $0.member("endDate", end)
                let length = end.milliseconds - start.milliseconds
                $0.member("durationDays", -(-length).flooredQuotient(by: Timestamp.millisecondsPerDay))
            }
            $0.member("summary") {
                $0.member("totalQuantityDropped", Self.quantity(of: drops))
                $0.member("totalValueLost", value)
                $0.member("totalDropCount", drops.count)
                $0.member("avgValuePerDrop", JSNumber.roundedToCents(average))
            }
            $0.member("analyticsByReason", array: reasons) { Self.render(reason: $0.key, $0.drops, into: &$1) }
            $0.member("todaysSummary", array: Self.groups(of: today) { $0.reason }) { group, text in
                text.object {
                    $0.member("totalQuantity", Self.quantity(of: group.drops))
                    $0.member("totalValue", Self.value(of: group.drops))
                    $0.member("dropCount", group.drops.count)
                    $0.member("partialDrops", group.drops.count(where: \.isPartial))
                    $0.member("reason", group.key.rawValue)
                    $0.member("uniqueProducts", Set(group.drops.map(\.productID)).count)
                }
            }
        }
    }

    private static func render(reason: InventoryDrop.Reason, _ drops: [InventoryDrop], into text: inout JSONText) {
        text.object {
            $0.member("_id", reason.rawValue)
            $0.member("products", array: Self.groups(of: drops) { $0.productID }) { group, text in
                let quantity = Self.quantity(of: group.drops)
                text.object {
                    $0.member("productId", group.key)
                    $0.member("productName", group.drops[0].productName)
                    $0.member("totalQuantityDropped", quantity)
                    $0.member("totalValueLost", Self.value(of: group.drops))
                    $0.member("dropCount", group.drops.count)
                    $0.member("avgQuantityPerDrop", Double(quantity) / Double(group.drops.count))
                    $0.member("partialDrops", group.drops.count(where: \.isPartial))
                }
            }
            $0.member("totalQuantityDropped", Self.quantity(of: drops))
            $0.member("totalValueLost", Self.value(of: drops))
            $0.member("totalDropCount", drops.count)
            $0.member("totalPartialDrops", drops.count(where: \.isPartial))
        }
    }

    /// Groups that are never empty, the most valuable first.
    private static func groups<Key: Hashable>(
        of drops: [InventoryDrop], by key: (InventoryDrop) -> Key
    ) -> [(key: Key, drops: [InventoryDrop])] {
        var order: [Key] = []
        var groups: [Key: [InventoryDrop]] = [:]
        for drop in drops {
            if groups[key(drop)] == nil { order.append(key(drop)) }
            groups[key(drop), default: []].append(drop)
        }
        return order.map { (key: $0, drops: groups[$0] ?? []) }.sortedDescending { Self.value(of: $0.drops) }
    }

    private static func quantity(of drops: [InventoryDrop]) -> Int { drops.reduce(0) { $0 + $1.quantityDropped } }
    private static func value(of drops: [InventoryDrop]) -> Double { drops.map(\.totalValueLost).compensatedSum }
}

extension Array {
    /// Sorted by a number, largest first; equal ones keep their order.
    func sortedDescending(by number: (Element) -> Double) -> [Element] {
        self.enumerated().map { (offset: $0.offset, number: number($0.element), element: $0.element) }
            .sorted { ($0.number, -$0.offset) > ($1.number, -$1.offset) }
            .map(\.element)
    }
}
