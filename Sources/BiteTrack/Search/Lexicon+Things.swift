extension Lexicon {
    /// Names of people and of what a shop sells or uses: each hints at customers or at products, and not more.
    static let things = """
        customer 0.4: maria, juan, jose, ana, carlos, luis, pedro, rosa, marta, sofia, laura, andres, camila, diego, jorge
        customer 0.4: miguel, daniela, valentina, felipe, lucia, paula, julian, juliana, sebastian, natalia, carmen, elena
        customer 0.4: gomez, lopez, perez, rodriguez, garcia, martinez, gonzalez, hernandez, torres, ramirez, diaz, fernandez
        customer 0.4: sanchez, romero, alvarez, ruiz, jimenez, moreno, munoz, alonso, gutierrez, navarro, dominguez, vargas
        customer 0.4: castro, ortiz, rojas, silva, mendoza, herrera, medina, cruz, flores, rivera, morales, reyes, suarez
        customer 0.4: restrepo, giraldo, cardenas, castillo, cortes, guerrero, pineda, quintero, salazar, zapata, ospina
        customer 0.4: alejandro, alejandra, fernando, fernanda, ricardo, roberto, francisco, javier, manuel, antonio, pablo
        customer 0.4: oscar, mario, sergio, raul, hugo, ivan, cesar, gabriel, gabriela, isabel, isabella, mariana, catalina
        customer 0.4: carolina, adriana, claudia, patricia, sandra, gloria, monica, angela, angelica, veronica, silvia, teresa
        customer 0.4: beatriz, luz, esteban, santiago, mateo, nicolas, samuel, tomas, martin, emilio, eduardo, gustavo, camilo
        customer 0.4: john, jane, mary, anna, peter, paul, smith, jones, brown, david, sarah, emma, james, mike, michael, tom
        customer 0.4: linda, susan, robert, william, emily, alice, bob, johnson, miller, davis, wilson, anderson, taylor
        customer 0.4: thomas, jackson, thompson, harris, clark, lewis, robinson, walker, young, allen, scott, hill, adams
        customer 0.4: nelson, baker, carter, mitchell, roberts, turner, phillips, campbell, parker, evans, edwards, collins
        customer 0.4: richard, joseph, charles, daniel, matthew, anthony, mark, steven, andrew, kevin, brian, george, edward
        customer 0.4: jennifer, elizabeth, barbara, jessica, karen, lisa, nancy, betty, margaret, ashley, kimberly, olivia

        product 0.8: sandwich, wrap, burger, hamburger, pizza, salad, soup, coffee, latte, cappuccino, espresso, tea, soda
        product 0.8: mocha, americano, cortado, chai, frappe, milkshake, cocoa, cola, coke, sprite, pepsi, fanta, cider, gin
        product 0.8: juice, water, beer, wine, bread, cake, cookie, brownie, muffin, donut, doughnut, pie, fries, chips, rum
        product 0.8: burrito, taco, pasta, rice, chicken, beef, pork, fish, cheese, milk, egg, tomato, onion, lettuce, fruit
        product 0.8: apple, banana, orange, lemon, lime, avocado, potato, bacon, ham, sausage, ice cream, chocolate, sugar
        product 0.8: salt, sauce, smoothie, lemonade, croissant, bagel, toast, pancake, waffle, hot dog, nacho, vegetable, meat
        product 0.8: syrup, flour, butter, oil, yeast, cream, yogurt, yoghurt, honey, jam, mayo, mayonnaise, ketchup, mustard
        product 0.8: napkin, cup, straw, lid, bag, box, spoon, fork, plate, bottle, can, packet, tray, glove, detergent, foil
        product 0.8: shrimp, salmon, tuna, steak, turkey, lamb, noodle, bean, corn, carrot, pepper, garlic, cucumber, mushroom
        product 0.8: spinach, strawberry, mango, pineapple, grape, peach, pear, melon, coconut, berry, nut, almond, peanut
        product 0.8: quesadilla, enchilada, falafel, hummus, pita, tortilla, quiche, lasagna, cheesecake, tiramisu, pudding
        product 0.8: cupcake, scone, pretzel, cracker, candy, gum, popcorn, wings, nugget, rib, fillet, ramen, sushi, curry
        product 0.8: cafe, jugo, agua, gaseosa, refresco, cerveza, vino, pan, torta, pastel, galleta, empanada, arepa, tamal
        product 0.8: papa, papas, arroz, pollo, carne, res, cerdo, pescado, queso, leche, huevo, tomate, cebolla, lechuga
        product 0.8: fruta, manzana, banano, platano, naranja, limon, aguacate, jamon, tocino, salchicha, helado, azucar, te
        product 0.8: sal, salsa, sopa, ensalada, hamburguesa, perro caliente, batido, malteada, limonada, dulce, bocadillo
        product 0.8: buñuelo, pandebono, almojabana, verdura, mantequilla, harina, aceite, yogur, crema, miel, mermelada
        product 0.8: servilleta, vaso, pitillo, tapa, bolsa, caja de, cuchara, tenedor, botella, lata, paquete, bandeja
        product 0.8: camaron, salmon, atun, pavo, cordero, frijol, maiz, zanahoria, ajo, pepino, champiñon, espinaca, fresa
        product 0.8: mango, piña, uva, durazno, pera, melon, coco, mora, nuez, almendra, mani, chicharron, bandeja, sancocho
        product 0.8: ajiaco, lechona, mojarra, patacon, arequipe, oblea, tinto, aromatica, chocolate, avena, kumis, croissant
        product 0.8: medialuna, factura dulce, chipa, tostada, tostado, milanesa, asado, chorizo, morcilla, taza, tarta
        """
}
