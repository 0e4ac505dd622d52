/// The articles sample products are made from.
enum Menu {
    /// Articles alike in price and stock.
    struct Group {
        let names: [String]
        /// Prices are drawn from here, always ending in 49 or 99.
        let cents: ClosedRange<Int>
        let stock: ClosedRange<Int>
    }

    static let groups = [
        Group(
            names: [
                "Chicken Wrap", "Turkey Club", "Veggie Wrap", "Ham and Cheese", "Tuna Melt", "Bagel, Lox and Capers",
                "12\" Meatball Hoagie", "Falafel Pita", "Steak Sandwich", "Caprese Panini",
            ], cents: 899...1499, stock: 12...30),
        Group(
            names: [
                "Iced Tea", "Lemonade", "House Coffee", "Café con Leche", "Sparkling Water", "Orange Juice",
                "Hot Chocolate", "Mango Smoothie",
            ], cents: 199...649, stock: 20...60),
        Group(
            names: [
                "French Fries", "Side Salad", "Onion Rings", "Potato Chips", "Fruit Cup", "Corn Arepa",
                "Plantain Chips",
                "Tomato Soup",
            ], cents: 149...549, stock: 15...50),
        Group(
            names: ["Chocolate Brownie", "Carrot Cake", "Vanilla Flan", "Oat Cookie"], cents: 299...649,
            stock: 10...40),
        Group(
            names: ["Pumpkin Latte", "Summer Berry Bowl", "Holiday Turkey Plate", "Spring Asparagus Quiche"],
            cents: 399...1399, stock: 15...30),
        Group(names: ["Truffle Panini"], cents: 1499...2499, stock: 1...1),
        Group(names: ["Gluten Free Muffin"], cents: 499...899, stock: 2...2),
        Group(names: ["Smoked Salmon Box"], cents: 1499...2499, stock: 3...3),
        Group(names: ["Seasonal Soup of Yesterday"], cents: 499...699, stock: 0...0),
        Group(names: ["Party Platter"], cents: 9999...9999, stock: 5...5),
        Group(names: ["Gift Card Sleeve", "Reusable Cup", "Branded Tote Bag"], cents: 149...1299, stock: 40...90),
    ]

    /// Prices that make double arithmetic show: three of one and five of the other are not what they seem.
    static let fixedCents = ["Iced Tea": 249, "Lemonade": 399]

    /// What sells best: about half of all units.
    static let popular = ["Chicken Wrap", "Iced Tea", "House Coffee", "French Fries", "Turkey Club"]

    /// Articles that became dearer, by how many cents.
    static let risenCents = ["Veggie Wrap": 100, "Tuna Melt": 50, "Onion Rings": 50, "Carrot Cake": 100]

    /// The article that is sold out.
    static let soldOut = "Seasonal Soup of Yesterday"

    /// Put before names when more products are wanted than the menu has.
    static let styles = [
        "Spicy", "Small", "Large", "Family", "Kids", "Vegan", "Grilled", "Crispy", "Classic", "Double", "Light",
        "Organic",
        "Smoky", "Sweet", "House",
    ]
}
