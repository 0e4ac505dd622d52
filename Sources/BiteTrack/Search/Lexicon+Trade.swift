extension Lexicon {
    /// The language of the trade in English and Spanish: what shop staff and agents say, and what they mean by it.
    ///
    /// A line is `meaning strength: entries`. An entry is a word in any of its forms, a phrase, `=word` for that very
    /// form, `vender*` for a Spanish verb in all its forms, `mostrar*muestr` for one whose stem changes to `muestr`,
    /// or `nuev@` for an adjective. A phrase hides the meanings of its words; a word may have several meanings.
    static let trade = """
        customer 1: customer, client, buyer, shopper, guest, patron, consumer, costumer, cust, clientele, clienta
        customer 1: cliente, comprador, compradora, consumidor, comensal, casero, marchante, parroquiano, clientela
        customer 0.9: shop here, shops here, buy here, buys here, come here, compran aqui, vienen aqui, our people
        customer 0.8: regular, contact, debtor, payer, subscriber, diner, contacto, deudor, deudora, moroso, morosa
        customer 0.7: doña, don, señora, señor, sra, mrs, miss, mister, vecino, vecina, neighbour, neighbor, walk in
        customer 0.6: somebody, someone, person, people, persona, gente, alguien, =her, =his, =him, =he, =she
        customer 0.4: who, whom, whose, quien, quienes, familia, tercero

        seller 1: seller, employee, staff, worker, cashier, waiter, waitress, barista, clerk, salesperson, salesman, crew
        seller 1: saleswoman, teammate, coworker, colleague, personnel, attendant, cook, chef, bartender, operator, rep
        seller 1: vendedor, vendedora, emplead@, trabajador, trabajadora, mesero, mesera, cajero, cajera, dependiente
        seller 1: dependienta, personal, colaborador, colaboradora, camarero, camarera, ayudante, compañero, compañera
        seller 1: cociner@, mozo, tendero, plantilla, nomina, asesor, asesora, payroll, workforce, workmate, sales rep
        seller 0.9: team, equipo, who works, works here, work here, working here, quienes trabajan, trabajan aqui
        seller 0.9: quien trabaja, trabaja aqui, trabaja con nosotros, sales people, sales team, the team, who sold
        seller 0.7: user, member, manager, supervisor, boss, owner, usuario, usuaria, encargado, gerente, jefe, dueño
        seller 0.4: account, cuenta, who, quien, quienes
        seller 0.3: somebody, someone, alguien, person, persona
        seller 1: on shift, en turno, on duty, de turno, on payroll, sales floor, workmates, cajeros, la gente del local
        seller 0.9: who is working, quien esta trabajando, quienes atienden, who serves, behind the counter, tend … bar

        sale 1: sale, order, receipt, ticket, invoice, transaction, bill, sold, sell, selling, check out, checkout, txn
        sale 1: venta, vender*, pedido, orden, compra, recibo, factura, boleta, tiquete, comprobante, transaccion, ordene
        sale 0.8: purchase, basket, cart, comanda, cuenta, voucher, deal, despachar*, despacho, remision, tique, nota
        sale 0.6: tab, item sold, movimiento, movement, =salen, =salio

        purchases 1: purchase history, order history, buy, bought, buying, purchases, visit, spend, spent, spending
        purchases 1: comprar*, historial, compras, visitas, consumo, gastar*, history, consumir*, past orders
        purchases 1: previous orders, statement, movimientos, estado de cuenta, orders of, pedidos de, orders made by
        purchases 1: orders by, compras de, transacciones de, ha llevado, se llevo, suele pedir, usually orders
        purchases 0.5: transaction, transaccion

        product 1: product, item, good, article, merchandise, dish, sku, stuff we sell, line item, merch, plu, foodstuff
        product 1: producto, articulo, plato, platillo, mercancia, mercaderia, referencia, item
        product 0.8: food, drink, beverage, snack, meal, dessert, comida, bebida, postre, almuerzo, desayuno, starter
        product 0.5: variety, selection, assortment, offering, surtido, ingredient, ingrediente, things, thing, cosa, cosas

        menu 1: menu, catalog, catalogue, price list, carta, lista de precios, catalogo, tarifario, what do we sell
        menu 1: what we sell, que vendemos, on offer, que ofrecemos, for sale, que tenemos, menu card, range of products
        menu 1: a la venta, what do you sell, all prices, todos los precios, que se vende aqui, oferta, assortment
        price 1: price, pricing, precio, tarifa, cuanto cuesta, cuanto vale, how expensive, priced, costs, cuestan
        price 0.8: cost, costar*cuest, charge for, valer*, worth, valor, caro, cara, barato, expensive, cheap, discount
        price 0.8: rebaja, descuento, dollars, pesos

        stock 1: stock, inventory, on hand, existencia, inventario, units on hand, in stock, en stock, stocktake, almacen
        stock 1: stocktaking, are left, is left, have left, left over, quedar*qued, nos queda, how many left, existencias
        stock 0.8: warehouse, bodega, fridge, freezer, pantry, shelf, storage, despensa, nevera, stockroom, unidad, unit
        stock 0.7: available, availability, disponible, disponibilidad, level, nivel, niveles, quantity, cantidad, count
        stock 0.6: left, remaining, restante, stand, tenemos de, nevera, surtido, almacenad@
        valuation 1: worth, value, valuation, valor, avaluo, valorizar*, valorizad@, valoracion, tied up, invertido, vale

        low 1: low, running out, run out, runs out, ran out, almost gone, scarce, scarcity, shortage, few left, depleted
        low 1: sold out, out of stock, running low, below, under, nearly gone, almost empty, sin stock, sin existencias
        low 1: agotar*, acabar*, escas@, bajo, baja, bajos, poco, poca, pocos, pocas, faltar*, minimo, minima, minimum, short
        low 1: terminar*, por terminarse, por acabarse, no queda, no quedan, casi sin, se acaba, se acabo, critical
        low 1: critic@, threshold, umbral, less than, fewer than, menos de, nearly out, about to finish, insufficient
        low 1: insuficiente, ya no hay, quedan pocos, quedan pocas, quedan poquitos, getting low, dwindling, empty
        reorder 1: reorder, replenish, replenishment, restock, supplier, shopping list, to order, to buy, need to buy
        reorder 1: purchase list, purchase order, buying list, what to order, should we order, order from, provider, vendor
        reorder 1: wholesaler, distributor, procurement, order list, need to order, buy more, order more, have to order
        reorder 1: reponer, repongo, reposicion, reabastecer*, resurtir*, surtir*, pedir*pid, proveedor, proveedora
        reorder 1: abastecer*, encargar*, lista de compras, lista de pedido, hay que comprar, toca comprar, comprar mas
        reorder 1: hay que pedir, debemos pedir, debo comprar, distribuidor, mayorista, orden de compra, que comprar
        reorder 1: lista de la compra, lista del mercado, hacer mercado, pedido al proveedor, falta comprar

        drop 1: drop, waste, wasted, wastage, spoil, spoilage, spoiled, trash, garbage, rubbish, bin, binned, discard
        drop 1: thrown, throw, threw, toss, expired, rotten, stale, shrinkage, shrink, write off, written off, wrote off
        drop 1: dispose, disposal, moldy, mouldy, damaged, damage, inventory drop, breakage, broken, contaminated, loss
        drop 1: leftover, leftovers, food waste, went bad, gone bad, gone off, past its date, dump, overproduction
        drop 1: desperdiciar*, desperdicio, merma, desecho, desechar*, botar*, tirar*, descartar*, descarte, basura
        drop 1: dañad@, podrid@, vencid@, caducad@, vencimiento, caducidad, expirad@, malogrado, estropead@, quebrad@
        drop 1: echad@ a perder, echar a perder, perdida, sobrante, sobras, derramado, contaminad@, rotura, roto, rota
        drop 1: se daño, se vencio, se pudrio, baja de inventario, bajas de inventario, desperfecto, averia, averiad@
        drop 0.8: lost, lose, losing, losses, perder*pierd, baja, bajas, perdidas, throwing, went off, expiry
        drop 0.6: food, comida, dar de baja
        discard 1: =throw, =discard, write off, =toss, =dump, =botar, =tirar, =desechar, =descartar, throw away, throw out
        discard 1: dispose, get rid of, dar de baja, =bote, =tire, =botarlo, =tirarlo, to waste, to trash, =bin, =spoil
        discard 1: dimos de baja, hay que botar, toca botar, mark as waste, mark as spoiled, se daño, se vencio, se pudrio
        discard 1: se echo a perder, went bad, report waste, log waste, register waste, reportar merma
        reason 1: reason, why, cause, motive, motivo, razon, causa, por que, porque motivo, culprit
        undo 1: undo, revert, reverse, restore, take back, mistake, roll back, rollback, put back, by accident, oops
        undo 1: deshacer, deshago, deshaz, revertir*reviert, anular*, por error, equivocar*, restaurar*, reversar*, regresar
        undo 1: bring back, accidentally, wrongly, wrong, error, cancel, void, reversion, undone, equivocacion, me equivoque
        undo 0.7: cancelar*, devolver*devuelv, recuperar*, retract, unmark, echar atras, dar marcha atras
        possible 1: undoable, can be, can still, can i still, still possible, eligible, se puede, se pueden, puedo, todavia
        possible 1: aun, posible, possible, reversible, within the window, time left, a tiempo, are still, can we, alcanzo
        possible 1: which can, podemos, puedan

        create 1: create, add, new, register, record, make, insert, set up, sign up, enroll, put in, key in, open an
        create 1: crear*, agregar*, añadir*, registrar*, nuev@, inscribir*, inscripcion, dar de alta, ingresar*, adicionar*
        create 1: anotar*, apuntar*, incluir, enter a, enter the, write down, dar alta, matricular*, introducir
        create 0.8: log, save, submit, introduce, onboard, start, place, take an, launch, meter, meta, guardar*, alta, poner
        create 0.8: hacer, hacemos, hago, haz, generar*, abrir*, montar*, note, ring up, ring, =enter, tomar, generate
        createSale 1: ring up, ring, check out, checkout, place an order, take an order, tomar pedido, tomar un pedido
        createSale 1: =sell, =vender, facturar un, hacer una factura, bought just now, walk in customer, take the order
        createSale 1: new order, new ticket, open a ticket, hacer un pedido, levantar pedido, charge a customer for, despachar
        delete 1: delete, remove, erase, discontinue, get rid, wipe, purge, take off, destroy, deletion, removal, drop from
        delete 1: eliminar*, borrar*, quitar*, suprimir*, sacar*, retirar*, remover*, descontinuar*, discontinuar*, eliminacion
        delete 1: take down, kill, dar de baja, deshacerse de, clean up, depurar*
        update 1: update, edit, change, modify, adjust, correct, rename, fix, alter, amend, replace, tweak, revise
        update 1: editar*, modificar*, actualizar*, cambiar*, corregir*corrig, ajustar*, renombrar*, arreglar*, cambio
        update 1: reemplazar*, correccion, modificacion, actualizacion, mark up, mark down
        update 0.8: set, raise, lower, increase, decrease, reduce, bump, aumentar*, rebajar*, incrementar*, reducir*
        update 0.8: poner, subir*, subirl, bajarl, =put, convertir*, assign, restock, reponer, recount, encarecer*
        update 0.6: bajar*, switch, turn, make

        list 0.7: list, all, every, show, directory, browse, view, fetch, retrieve, enumerate, roster, dump of, complete
        list 0.7: lista, listar*, listado, todos, todas, mostrar*muestr, ver, directorio, ver todo, completo, completa
        list 0.7: full list, get all, base de clientes, base de datos de clientes, client base, customer base, people who
        find 1: find, search, look up, lookup, look for, locate, looking for, query for, whats the number, filter by name
        find 1: buscar*, encontrar*encuentr, localizar*, hallar*, consultar*, busqueda, ubicar*
        find 0.8: do we have, do we sell, do you have, hay, tenemos, vendemos, is there, got any, do we carry, existe
        find 0.5: who is, quien es, which, donde esta, where is
        named 1: name, named, called, by name, nombre, llamad@, se llama, apellido, surname, last name, apodo, first name
        named 1: containing, contains, matching, contenga, contiene, que empiece, starting with
        phone 1: phone, mobile, cell, cellphone, telephone, telefono, celular, movil, cel, whatsapp, tel, landline, fijo
        phone 0.8: number of, numero de, contact details, datos de contacto, contact info
        email 1: email, mail, e mail, correo, inbox
        one 1: single, one, detail, specific, particular, by id, identifier, given id, individual, full record, lookup by id
        one 1: detalle, especific@, identificador, por id, con id, ficha, unico, objectid, object id, whole record, id
        one 0.7: codigo, record, profile, info, data of, ver un, ver una, look at, uuid
        one 0.2: un, una, este, esta, ese, esa, this, that
        one 0.7: perfil, details of, datos de, tell me about, row, entry, particular

        top 1: top, best selling, best sellers, best seller, bestseller, popular, hottest, trending, favourite, favorite
        top 1: ranking, rank, worst sellers, worst seller, worst selling, most sold, least sold, slow movers, slow moving
        top 1: star product, hit, most ordered, sells best, sells the most, selling best, selling most, fast movers, leaders
        top 1: mas vendid@, mas venden, mas vende, mas salen, mas sale, mas pedid@, mas piden, menos vendid@, menos vende
        top 1: menos venden, menos sale, menos salen, populares, estrella, favorit@, preferid@, mas rotacion, menos rotacion
        top 1: mejor vendid@, mas popular, moda, flies off, bestselling, top seller, top sellers, top selling, demand
        top 1: se vende mas, se vende menos, se venden mas, se vendio mas, se vendieron mas, se pide mas, demanda, mas se
        top 1: worst performers, top performers, moves fastest, sells well, not selling, no se vende, sell the most
        top 0.8: best, most, worst, least, mejor, mejores, peor, peores, mas comprad@, rotacion, moving, leading, mas exitos@

        analytics 1: analytics, report, statistic, stats, kpi, dashboard, metric, summary, average, mean, breakdown, split
        analytics 1: growth, compare, series, performance, figures, per day, per week, per month, per hour, by hour, by day
        analytics 1: hourly, daily, weekly, peak hours, peak hour, busiest, rush hour, peak, by payment, by weekday
        analytics 1: reporte, informe, estadistica, resumen, promedio, analisis, analitica, indicador, desglose, metrica
        analytics 1: por hora, por dia, por semana, por mes, hora pico, horas pico, crecimiento, comparar*, comparacion
        analytics 1: comparativo, evolucion, rendimiento, desempeño, media, balance general, payment method, metodo de pago
        analytics 1: medio de pago, medios de pago, forma de pago, formas de pago, metodos de pago, distribution, ratio
        analytics 1: basket size, average ticket, ticket size, average basket, order value, slow days, quiet days, numbers
        analytics 1: dias flojos, dias buenos, mejor dia, peor dia, best day, worst day, returning, new vs, weekday, weekend
        analytics 1: que dia, what day, which day, que hora, what time, which hour, cash vs card, cash or card, efectivo
        revenue 1: revenue, income, turnover, earning, takings, profit, did we make, we made, did we earn, gross, made today
        revenue 1: how much did we sell, how much have we sold, how much was sold, total sales, sales total, sales volume
        revenue 1: how much sold, money came in, money in, bring in, brought in, sales figures, how did we do, cash in
        revenue 1: ingreso, ganancia, ganar*, facturacion, facturar*, recaudar*, recaudo, recaudacion, utilidad
        revenue 1: cuanto vendimos, cuanto se vendio, cuanto vendio, total vendido, total de ventas, ventas totales
        revenue 1: cuanto hemos vendido, cuanto se ha vendido, cuanto llevamos, cuanto hicimos, como nos fue, como vamos
        revenue 1: dinero entro, plata hicimos, plata llevamos, volumen de ventas, valor vendido
        revenue 1: generate, generated, gross sales, net sales, how are sales, how is business, como van las ventas
        revenue 0.7: money, cash, plata, dinero, lana, bucks, billete, pesos, amount, monto, make money, earn
        howmuch 0.6: how much, how many, total, cuanto, cuanta, cuantos, cuantas, count of, number of, sum of, amount of
        howmuch 0.6: in total, en total, suma, cantidad, totals, totales, overall, altogether, conteo

        export 1: export, download, excel, spreadsheet, xls, xlsx, csv, google sheets, sheet, dump, file, save as, hoja
        export 1: exportar*, descargar*, hoja de calculo, planilla, archivo, sacar en, pasar a, excel file, extract, libro
        export 0.8: bajar*, raw data, raw rows, every line, sale lines, lineas, exportacion, offline
        import 1: import, upload, load, bulk, migrate, ingest, from csv, from a csv, from file, from a file, batch, mass
        import 1: importar*, cargar*, masiv@, migrar*, desde csv, desde un csv, desde archivo, desde un archivo, desde excel
        import 1: from excel, from spreadsheet, carga, importacion, en lote, lote, por lotes, bring in
        import 0.8: subir*, historic, historical, old, csv, file, archivo, viejo, vieja, antigu@, previous system, legacy

        unpaid 1: unpaid, debt, owe, owes, owed, owing, outstanding, overdue, unsettled, receivable, arrears, iou, in debt
        unpaid 1: not paid, hasnt paid, havent paid, didnt pay, not yet paid, on credit, on account, still open, open tab
        unpaid 1: hasn t paid, haven t paid, didn t pay, to collect, to be paid, havn t paid, never paid, has not paid, t paid
        unpaid 1: have not paid, did not pay, credit, balance due, on the slate, on the tab, partially paid, partial payment
        unpaid 1: deuda, deber*, adeudar*, fiado, fiada, fiados, fiadas, fiar, fiamos, fie, saldo, por cobrar, cuentas por cobrar, impag@, mora
        unpaid 1: moroso, morosos, morosa, morosidad, sin pagar, no ha pagado, no han pagado, no pago, no pagaron, cartera
        unpaid 1: a credito, credito, credito, cobranza, cobro, deudor, deudores, atrasad@, debtor, no ha cancelado
        unpaid 1: sin cancelar, falta por pagar, falta pagar, faltan por pagar, faltan pagar, me debe, nos deben, sin saldar
        unpaid 1: quedo debiendo, quedaron debiendo, part paid, partly paid, owe us, owes us, who owes, unsettled totals
        unpaid 0.8: pending, pendiente, due, open, abiert@, partial, parcial, tab, collect, collections, balance, bad debt
        unpaid 0.6: abono, cobrar*
        debtTotal 1: owe us, owes us, who owes, nos deben, nos debe, me deben, me debe, quien debe, quienes deben, debtor
        debtTotal 1: cuentas por cobrar, cuenta por cobrar, accounts receivable, receivable, por cobrar, cartera, total owed, debtors, deudores, moroso, morosos
        debtTotal 1: outstanding, arrears, how much credit, credit given, quien no ha pagado, who hasn t paid, who has not paid
        debtTotal 1: who haven t paid, who still owes, customers who owe, fiado, fiados, deudas
        settle 1: settle, pay, paid, payment, paying, collect, pay off, paid off, mark as paid, clear, settlement, pay up
        settle 1: receive money, received money, charge, square up, close the tab, close tab, close out, liquidate, pays
        settle 1: pagar*, pago, cobrar*, saldar*, liquidar*, abonar*, abono, poner al dia, marcar como pagad@, cobro
        settle 1: cancelar la deuda, cancelar deuda, cancelar la cuenta, cancelar una factura, me pago, ya pago, nos pago
        settle 1: recibir pago, recibi el pago, pagad@, paid us, just paid, take payment, register payment, settle up
        settle 0.5: cancelar*, efectivo, instalment, installment, cuota, deposit
        wholeDebt 1: everything, all debts, all the debts, whole debt, entire debt, full balance, all he owes, all she owes
        wholeDebt 1: todo lo que debe, toda la deuda, todas las deudas, deuda completa, deuda total, todas sus, all his
        wholeDebt 1: all her, all their, in full, al dia, pay off, pays off, paid off, customer debt, tab of, cuenta de
        wholeDebt 1: every unpaid, all unpaid, all open, all outstanding, todas las pendientes, toda la cuenta, todo el saldo
        wholeDebt 1: settle up, square up, does he owe, does she owe, does this client owe, le debe, cuanto debe, cuanto me debe
        wholeDebt 1: cuanto nos debe, how much does, client owes, customer owes, owes everything, clear the tab, whole tab

        login 1: log in, login, sign in, signin, log on, logon, sign on, authenticate, authentication, credential, log into
        login 1: sign into, get in, log me in, sign me in, start a session, start session, need access, auth, logging in
        login 1: iniciar sesion, inicio de sesion, inicia sesion, entrar*, acceder*, autenticar*, abrir sesion, loguear*
        login 1: logueo, ingresar al sistema, ingresar a, acceso, ingreso al sistema, credenciales, loguearme, logearme
        login 0.6: password, contraseña, access
        password 1: password, passcode, pwd, passwd, contraseña, clave, passphrase, pin, pass
        forgot 1: forgot, forget, forgotten, lost password, recover, recovery, lost my password, cant log in, can t log in
        forgot 1: cannot log in, cant sign in, locked out, can t remember, cant remember, don t remember, dont remember
        forgot 1: olvidar*, recuperar*, perdi, no recuerdo, no me acuerdo, no puedo entrar, no puedo iniciar, recuperacion
        forgot 1: se me olvido, can t sign in, reset link, bloquead@, no puedo ingresar, perdio la clave, perdio su clave
        reset 1: reset, restablecer*, resetear*, new password, nueva contraseña, contraseña nueva, clave nueva, nueva clave
        reset 1: choose a password, set a password, set password, reset code, reset token, reestablecer*, with the token
        reset 1: with token, con el token, con el codigo, poner contraseña, poner clave, reinici@
        session 1: session, sesion, token, jwt, bearer
        renew 1: refresh, renew, extend, expire, expired, prolong, longer, keep me logged in, keep alive, stay logged in
        renew 1: renovar*, renovacion, refrescar*, extender*extiend, expirar*, vencer, vence, vencio, prolongar*, timed out
        renew 0.5: vencid@, caducar*
        renew 1: se vencio, alargar*, run out of time, timeout, mantener la sesion
        whoami 1: who am i, am i logged, my role, current user, my account, logged in as, quien soy, mi usuario, mi rol
        whoami 1: que usuario, cual usuario, mi cuenta, mis permisos, my permissions, which user, what user, estoy logueado
        whoami 1: which account, what account, am i an admin, am i admin, soy admin, soy administrador, whoami, tengo sesion
        whoami 1: my user, que cuenta, estoy conectado, sesion abierta, am i signed, signed in as, que rol tengo, my session
        whoami 1: logged in, estoy dentro, usuario actual, what role do i, which role do i, que permisos tengo, my rights
        whoami 1: mi sesion, am i allowed, puedo ser
        own 1: my, mi, mis, own, myself, propio, propia, profile, perfil, yo
        role 1: role, permission, privilege, admin, administrator, superadmin, promote, demote, right, access level, grant
        role 1: promotion, make admin, rol, permiso, privilegio, administrador, administradora, ascender*asciend, degradar*
        role 1: cargo, superadministrador, ascenso, promover*promuev, hacer admin, hazlo, convertir en, revoke, elevate
        role 1: upgrade, downgrade, nivel de acceso, supervisor, manager
        invite 1: invite, invitation, invited, hire, onboard, recruit, new employee, new hire, add user, new cashier
        invite 1: new seller, new waiter, new staff, invitar*, invitacion, contratar*, nuevo empleado, nuevo vendedor
        invite 1: nueva vendedora, nueva empleada, reclutar*, vincular*, new colleague, new worker, new team member, hiring
        invite 1: nuevo mesero, nuevo cajero, nuevo trabajador, contratacion, incorporar*
        awaiting 1: pending, waiting, not activated, not accepted, yet to, have not activated, not yet
        awaiting 1: pendiente, sin activar, por activar, no han aceptado, no ha aceptado, en espera, inactive account
        awaiting 1: unactivated, haven t activated, hasn t activated, haven t accepted, no han activado, falta activar
        awaiting 1: sin aceptar, esperando, invited but, invitaciones, invitations, outstanding invites, open invitations
        activate 1: activate, activation, accept invitation, finish registration, complete signup, complete registration
        activate 1: accept my invitation, accept the invitation, accept an invitation, finish signup, finish sign up
        activate 1: activar*, aceptar*, activacion, completar registro, completar el registro, terminar registro
        activate 1: terminar el registro, confirm account, first time, primera vez, accept, finish registering, join
        exists 1: exist, have an account, has an account, is registered, already registered, ya tiene cuenta, tiene cuenta
        exists 1: esta registrado, ya esta registrado, existe, registered email, email taken, account status, existe cuenta
        exists 1: known email, is this email, does this email, este correo, ese correo, registered already, email status
        exists 1: account active, cuenta activa, email exists, correo registrado, email registered, signed up already
        fire 1: fire, fired, dismiss, terminate, lay off, sack, kick out, deactivate, let go, offboard, quit, left the company
        fire 1: despedir*despid, echar*, desactivar*, ya no trabaja, se fue, renuncio, retirar*, dar de baja, no longer works

        up 1: health, healthy, alive, running, ping, available, outage, reachable, responding, respond, working, online
        up 1: offline, heartbeat, uptime, liveness, is it up, is the api up, down, broken, funcionar*, caido, caida
        up 1: responder*, vivo, viva, en linea, fuera de servicio, servicio, operativo, se cayo, anda, sirve, salud
        up 1: esta arriba, prendido, estable, api status, system status, server status, up and running, conexion, slow
        up 0.7: status, estado, up, check, connected, connection, conectad@, esta caid@, esta vivo, esta funcionando, esta activo el, esta en linea
        server 1: server, service, backend, api, system, servidor, sistema, bitetrack, site, plataforma, platform, app
        database 1: database, db, mongo, mongodb, base de datos, bd, data base, datastore
        version 1: version, environment, env, release, production, demo, entorno, ambiente, produccion, which build
        version 1: server info, about the api, que version, what version, deployed, desplegad@, running version
        apidocs 1: openapi, swagger, endpoint, spec, specification, schema, route, capability, raml, api reference
        apidocs 1: api documentation, api docs, documentation, docs, documentacion, esquema, rutas, especificacion, contrato
        apidocs 1: what can, que puedo hacer, que puede hacer, que se puede hacer, referencia de la api, rest api, capabilities

        closeDay 1: end of day, close of day, end of the day, cash up, z report, register, till, day close, eod, close out
        closeDay 1: close the register, closing time, close up, close shop, close the shop, end of shift, close the day
        closeDay 1: wrap up, wrap up the day, close today, shift report, todays summary, today s summary, daily summary
        closeDay 1: cuadre, arqueo, corte, caja, cierre, cerrar*cierr, fin del dia, fin de turno, corte de caja, z de caja
        closeDay 1: cuadrar*, cash register, cash drawer, cash count, cierre diario, closing, day end, closing report
        closeDay 1: final del dia, resumen del dia, resumen de hoy, como cerramos, cerramos, reconcile, reconciliation
        month 1: month, monthly, mensual, mes, last month, end of month, mensualmente, fin de mes, mes pasado
        monthReport 1: monthly report, month report, monthly summary, month end, end of month, month in review, month close
        monthReport 1: monthly figures, monthly numbers, report for the month, report of the month, summary of the month
        monthReport 1: informe mensual, reporte mensual, resumen mensual, informe del mes, reporte del mes, resumen del mes
        monthReport 1: cierre de mes, cierre mensual, fin de mes, previous month, mes anterior, month over month, month close
        monthReport 1: compare months, comparar meses, how was last month, how was the month, como nos fue el mes, balance del mes
        time 0.4: today, yesterday, week, day, hour, last, since, between, period, hoy, ayer, semana, dia, hora, anoche
        time 0.4: esta semana, this week, fecha, date, range, rango, tonight, morning, mañana, desde, hasta, quincena, year
        time 0.4: monday, tuesday, wednesday, thursday, friday, saturday, sunday, lunes, martes, miercoles, jueves, viernes
        time 0.4: sabado, domingo, january, february, march, april, june, july, august, september, october, november, december
        time 0.4: enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre, año
        followUp 1: follow up, followup, reminder, remind, call, reach out, win back, chase, nudge, get in touch, call list
        followUp 1: seguimiento, recordar*recuerd, recordatorio, llamar*, contactar*, avisar*, recontactar*, fidelizar*
        followUp 1: a quien llamar, whom to call, who to call, who should i call, follow ups, crm, retention, outreach, dunning
        followUp 1: who should we contact, escribirle, llamada, whatsapp a, enamorar, recobrar
        idle 1: idle, inactive, dormant, churn, stayed away, away, absent, vanished, disappeared, lapsed, gone quiet, quiet
        idle 1: no longer, haven t seen, havent seen, not seen, stopped coming, stopped buying, no recent, not bought
        idle 1: haven t bought, havent bought, hasn t bought, not come back, long time, not been in, haven t been, not visited
        idle 1: not ordered, haven t ordered, hasn t been, lost customer, lost client, didn t come back, don t come, went cold
        idle 1: inactivo, inactiva, perdido, ausente, ausentes, no vuelven, no vuelve, ya no vienen, ya no viene, dejaron de
        idle 1: dejo de, sin comprar, no han comprado, no ha comprado, no compran, no compra, alejad@, no regresan, dormidos
        idle 1: no han vuelto, no ha vuelto, ya no vuelven, ya no compran, hace tiempo, hace rato, hace mucho, sin venir
        idle 1: no vienen, no han venido, desaparecid@, no aparecen, sin actividad, ya no nos compran, se fueron, retirados
        idle 1: last purchase, ultima compra, no visits, without purchases, no purchases, haven t come, have not bought
        review 1: review, analyse, analyze, analysis, revisar*, revision, analizar*, analisis, audit, look into, examine
        review 0.8: reduce, reducir*, improve, mejorar*, evitar, prevent, avoid, recommendation, insight

        forecast 1: trend, forecast, predict, prediction, projection, estimate, regression, future, expected, extrapolate
        forecast 1: moving average, next week, next month, tomorrow, will we sell, vamos a vender, tendencia, pronostico
        forecast 1: proyeccion, predecir, prediccion, prever, prevision, estimar*, estimacion, futuro, pronosticar*, slope
        forecast 1: proyectar*, proximo mes, proxima semana, promedio movil, outlook, expect, growing, going up, subiendo
        chart 1: chart, graph, plot, diagram, picture, image, visual, visualize, visualise, bar, pie, draw, line, svg
        chart 1: grafica, grafico, barra, dibujar*, imagen, linea, diagrama, visualizar*, graficar*, figure, histogram, pintar*
        chart 1: curve, curva, png, sparkline, drawing
        table 1: table, markdown, tabla, format rows, column, csv text, parse csv, tabular, fila, columna, to csv, as csv
        table 0.7: csv, row, print, spreadsheet
        date 1: date, calendar, timezone, time zone, date range, local time, fecha, calendario, zona horaria, hora local, utc
        date 1: rango de fechas, start of, start and end, beginning of, inicio de, comienzo de, last 7 days, last 30 days
        date 1: last n days, ultimos dias, ultimos 7 dias, ultimos 30 dias, period, periodo, today s date, fecha de hoy
        date 1: this month start, what day is, que dia es, date helper, shop s time zone, day boundaries, business day
        date 1: fecha de ayer, yesterday s date, iso date, date math, days ago, days between, weekday of, quarter
        money 1: cents, rounding, round, currency, decimal, format money, money format, centavo, redondear*, redondeo
        money 1: moneda, divisa, formato de moneda, formatear*, to cents, float, exact amount, to pesos, a pesos, penny
        page 1: page, paging, pagination, paginate, iterate, iterator, next page, all pages, pagina, paginar*, paginacion
        page 1: iterar*, loop over, loop through, recorrer*, cursor, walk through, every page, paginad@
        group 1: group, aggregate, sum by, count by, median, percentile, join, merge, sum up, group by, total by, agrupar*
        group 1: mediana, percentil, unir, sumar*, contar por, juntar*, cruzar*, combine, rank rows, average of, bucket, reduce rows
        keep 1: handle, keep, reuse, later, big result, large result, cache, store result, save result, store rows, retrieve later
        keep 1: reutilizar*, resultado, guardar resultado, guardar resultados, for later, persist, remember, between runs, mas tarde
        fuzzy 1: fuzzy, similar, typo, resemble, closest, misspelled, parecid@, similitud, approximate, aproximad@
        check 1: validate, validation, check parameters, validar*, assert
        steps 1: workflow, step, pipeline, resume, flujo, paso, pasos, flujo de trabajo
        customer 1: shopper database, customer database, client database, address book, contact list, libreta de contactos
        customer 0.9: account holder, people who buy, quienes compran, gente que compra, loyal, frecuente, vip, fieles
        find 1: anybody called, anyone called, someone called, somebody named, anyone named, ends with, begins with, track down
        find 1: is there any, are there any, whether we have, a como esta, a como, en cuanto esta, a cuanto esta, que vale, how do … price
        find 0.8: quien se llama, dame el numero, dame el telefono, que numero tiene, tienen, tendran, habra, se consigue
        phone 1: number ends, whose number, dial, el numero, su numero, digits
        purchases 1: normally get, normally gets, usually get, usually buy, usually order, normally order, usual, last visit
        purchases 1: ultimas compras, ultima visita, ultimos pedidos, past purchase, what did … buy, what has … bought, what does … buy
        purchases 1: que compra, que compro, que ha comprado, que lleva, que pidio, que suele, previous purchase, recent orders
        purchases 1: order record, gasto de, cuanto ha gastado, how much has … spent, how much did … spend, lifetime value
        purchases 1: compras anteriores, compras recientes, ficha de compras, all … orders, orders from, purchases of
        menu 1: everything we offer, everything we sell, what we offer, todo lo que vendemos, todo lo que ofrecemos, what … offer
        menu 1: full menu, whole menu, on the menu, del menu, la carta, our range, product range, portafolio, listado de precios
        stock 1: storeroom, store room, back room, cellar, do we have enough, how much … left, how many … left, how many … have
        stock 1: cuanto queda, cuantos quedan, cuantas quedan, cuanto hay, cuantos hay, cuantas hay, cuantos tenemos, cuantas tenemos
        stock 1: cuanto nos queda, how much … have, conteo de inventario, inventario actual, current stock, stock count, stocks
        valuation 1: stock worth, stock value, capital, money tied, plata en inventario, plata tiene, inventario en plata
        low 1: casi no hay, ya no queda, ya casi, quedan menos, faltante, faltantes, falta, hace falta, se esta acabando
        low 1: almost out, nearly finished, about to run out, close to zero, at zero, zero stock, en cero, none left, no … left
        low 1: not enough, need more, need to restock, we need, runs low, running short, thin, agotamiento, desabastecid@
        low 1: understocked, stockout, stock out, quiebre de stock, cortos de, cortos, por agotarse, esta por acabar
        reorder 1: draft a purchase order, what to buy, what … buy, have to buy, must buy, toca pedir, toca comprar, mercar
        reorder 1: hay que surtir, debo pedir, deberiamos pedir, deberiamos comprar, que nos falta comprar, order more
        reorder 1: top up, stock up, delivery order, supply order, supplies, insumos, shopping, mercado, plan de compras
        drop 1: pudrir*, dañar*, descomponer*, descompuest@, malograr*, estropear*, caducar*, quemar*, quemad@, burnt, burned
        drop 1: lost food, unsold, sin vender, scrap, scrapped, perish, perished, bad food, out of date, off date, landfill
        drop 1: what we lost, lo que botamos, lo que se boto, se nos daño, se perdio, desperdiciamos, mold, dropped on, wastes
        discard 1: =throwing, throwing out, =tossing, =binning, =discarding, se nos daño, se dañaron, se pudrieron, se vencieron
        discard 1: se pudrio, went rotten, went stale, spilled, spilt, fell on the floor, se cayo al piso, se quemo, se quemaron, =spilled
        discard 1: we have to throw, need to throw, i threw, we threw, acabo de botar, boté, votar comida, se rompio, se rompieron
        discard 1: fell, got burned, se regaron, se derramo, record waste, enter waste, reportar daño, registrar perdida, dispose … of
        discard 1: throw … away, throw … out, toss … out, write … off, bin the, dump the, dar … de baja, sacar … del inventario
        undo 1: me equivoque, put … back, wrong product, wrong item, by mistake, take … back, i messed up, wrong quantity, sin querer
        undo 1: fue un error, was a mistake, was an error, no era, no debi, echar para atras, reintegrar, reincorporar, reinstate
        undo 1: por equivocacion, me confundi, retroceder, dejar como estaba, unthrow, un do, fue por error, correct a drop
        possible 1: time left to, how long do i have, how long have i got, alcanzo a, estoy a tiempo, todavia puedo, aun puedo
        possible 1: cuales puedo, que puedo, eligible for, within 8 hours, in the last 8 hours, window, ventana, plazo, reversibles
        analytics 1: which day sells, que dia se vende, que dia vend, busiest day, best hour, slowest day, slowest hour, dia mas flojo
        analytics 1: dia de mas ventas, dia con mas ventas, hora de mas ventas, grouped by, por semana, week over week, versus, vs
        analytics 1: cash versus, how are we doing, como vamos, business overview, overview, insight, insights, kpis, comparative
        analytics 1: average spend, gasto promedio, consumo promedio, venta promedio, promedio de venta, mean sale, average sale
        analytics 1: percentage, porcentaje, proporcion, share of, per customer, by category, trends in sales
        analytics 1: how many sales, cuantas ventas, number of sales, numero de ventas, sales count, how many orders, cuantos pedidos
        analytics 1: how many tickets, que tal, sales performance, desempeño de ventas, conversion, repeat customers
        revenue 1: bring in, brought in, did we bring, cuanto se facturo, cuanto facturamos, how much did we take, did we take
        revenue 1: we take in, taken in, cuanto hicimos, que hicimos hoy, cuanto entro, cuanto dinero, cuanta plata, how much cash
        revenue 1: how much money, total revenue, ingresos totales, billed, billing, sales amount, monto vendido, cuanto se hizo
        revenue 1: how much business, sales value, what did we sell in total, total in sales, vendimos en total, hemos hecho, produjo
        top 1: nobody buys, nobody orders, no one buys, no one orders, nadie compra, nadie pide, doesn t sell, don t sell, dont sell
        top 1: isn t selling, aren t selling, not selling, no se vende, no se venden, no se … vendiendo, gets ordered, sell well, vende mejor
        top 1: se vende mejor, venden mejor, que mas se, lo que mas, los que mas, lo que menos, los que menos, la que mas, what sells
        top 1: what is selling, que se vende, producto estrella, plato estrella, platillo estrella, crowd favorite, slowest, fastest
        top 1: number one, numero uno, most requested, mas solicitad@, mas exitos@, cash cow, mas consumid@, most consumed, worst product
        top 1: top five, top ten, top 5, top 10, top 3, ranking de productos, dead stock, hueso, que no rota, no rota, popularity
        export 1: to excel, to csv, to a csv, en excel, a excel, as excel, hoja de calculo, pull … into, dump everything, para contabilidad
        export 1: for the accountant, para el contador, offline copy, backup of sales, respaldo, copia de, bulk data, in a file
        import 1: bring over, bring in old, from our previous, from another system, desde otro sistema, del sistema anterior, contact list
        import 1: traer datos, traer las ventas, pasar ventas viejas, pasar los clientes, transfer, load … from, upload a, ventas pasadas
        import 1: ventas antiguas, ventas anteriores, ventas de antes, backfill, seed, add many, add several, muchos clientes, varios clientes
        unpaid 1: still have to give, have to give us, still have to pay, still has to pay, negative account, negative balance
        unpaid 1: saldo en contra, saldo negativo, quedar debiendo, quedo debiendo, quedaron debiendo, debiendo, behind on, behind with
        unpaid 1: behind on his, fell behind, late payers, late payment, slow payers, mala paga, malapaga, no me ha pagado, sin abonar
        unpaid 1: no nos ha pagado, no nos han pagado, to be collected, por recaudar, yet to pay, still unpaid, en rojo, in the red
        unpaid 1: bills not, uncollected, unpaid bills, sin cobrar, falta cobrar, faltan por cobrar, prestado, se fio, fiamos, culebra
        debtTotal 1: still have to give, have to give us, nos adeudan, me adeudan, adeudan, quedaron debiendo, quedo debiendo
        debtTotal 1: negative account, saldo en contra, late payers, mala paga, en rojo, in the red, uncollected, iou, slow payers
        debtTotal 1: who hasnt, who havent, plata en la calle, total fiado, total por cobrar, money owed, money we are owed, owed to us
        debtTotal 1: still has to pay, still have to pay, cuanto tenemos por cobrar, cuanto hay por cobrar, cuanto falta por cobrar, bad debts
        settle 1: gave us the cash, gave … cash, gave … money, handed over, paid his, paid her, paid their, paid the, paid for, has paid
        settle 1: accept a payment, accept payment, receive a payment, got paid, came to pay, vino a pagar, trajo la plata, me dio la plata
        settle 1: dio plata, entrego la plata, canceló, ya cancelo, entregó, ya pagaron, pagó su, pago su cuenta, puso al dia, se puso al dia
        settle 1: make a payment, record … payment, apply payment, aplicar pago, register … payment, marcar … pagad@, mark … paid
        settle 1: down payment, anticipo, transferencia, nequi, consignacion, consigno, pay the rest, pagar el resto, pay in part
        create 1: punch in, put in a, put … in, ingresar un, meter un, hagame, cargar un producto, draft, introduce, incorporate, bring … in
        createSale 1: punch in, punch in a, somebody bought, someone bought, a customer bought, un cliente compro, anotar un pedido, anotar pedido
        createSale 1: hacer la cuenta, cobrar un pedido, cobrarle a, sell two, sell one, sell three, vender dos, vender un, vender una, vendale
        createSale 1: take … order, new purchase, nueva compra, nuevo pedido, nueva orden, registrar pedido, registrar compra, place … order
        delete 1: take … off, off the menu, get rid, no longer sell, ya no vendemos, stop selling, dejar de vender, sacar del menu, erase
        delete 1: del menu quitar, right to be forgotten, gdpr, forget a, forget the, unlist, retire a, strike, cut from, eliminado
        update 1: put … at, poner a, dejar en, deje en, now costs, ahora cuesta, ahora vale, make … cheaper, make … more expensive
        update 1: price to, precio a, price increase, alza de precio, alza, correct … name, fix … name, typo in, mal escrito, new price
        update 1: nuevo precio, new phone, nuevo telefono, new number, nuevo numero, new email, nuevo correo, se mudo, moved, recibimos
        update 1: set … to, change … to, llego mercancia, llego pedido, received stock, received delivery, add stock, sumar stock, contar de nuevo
        idle 1: gone cold, went quiet, not come in, not coming, haven t come in, not coming back, missing customers, no se aparecen, no asoman
        idle 1: not been here, not shopped, stopped shopping, no longer buy, no longer shop, hasn t ordered, no … ordered, haven t shopped
        idle 1: se perdieron, perdimos clientes, no … vuelto, no … venido, no … comprado, inactivity, dormida, sin movimiento, sin pedidos
        idle 1: rara vez, in a while, for a while, for months, for weeks, en meses, en semanas, hace meses, hace semanas, hace dias, dejamos de ver
        invite 1: bring … on board, on board a, sumar al equipo, sumar … al equipo, add … to the team, nuevo integrante, new member, give … access
        invite 1: nueva persona, dar acceso, dar acceso a, darle acceso, crear usuario, nuevo usuario, new user, new account, ingreso de personal
        awaiting 1: unaccepted, not confirmed, unconfirmed, open invite, pending invite, pending invites, sin confirmar, no confirmad@, still waiting
        awaiting 1: hasn t joined, haven t joined, not joined, invitados que, who was invited, who did we invite, a quien invitamos, unanswered
        fire 1: revoke access, former colleague, former employee, ex empleado, remove access, quitar acceso, quitar … acceso, quitarle el acceso, ya no esta
        fire 1: left us, quit his, resigned, fired, sacar a un empleado, dar de baja a, lock out, revocar acceso, salio de la empresa, ex employee
        role 1: nombrar, nombrar*, designar, promoted, make … manager, make … admin, make … administrator, give … rights, give … permission
        role 1: dar permisos, darle permisos, quitar permisos, quitarle permisos, dar rol, hacer administrador, volver admin, subir de cargo
        login 1: verify credentials, conectar*, connect, connect me, conexion con mi cuenta, get … in, let me in, access my account, open session
        login 1: entrar a mi cuenta, abrir mi cuenta, ponerme en linea, sign me, i want in, identify, identificar*, dar mis datos
        forgot 1: no me deja entrar, can t get in, cant get in, cannot get in, lost access, perdi el acceso, perdi mi, perdi la clave, clave perdida
        own 0.8: my own, mi propio, myself, my details, mis datos, my name, mi nombre, my email, mi correo, my password, mi contraseña, mi clave
        whoami 1: am i still logged, sigo conectado, sigo logueado, que permisos, my permission, what can i do, what am i allowed, mis privilegios
        whoami 1: my name, mi nombre, identity, identidad, estoy autenticado, estoy logueada, authenticated as, am i authenticated
        up 1: se cayo el, reachable, unreachable, not responding, no responde, no funciona, no sirve, no carga, no abre, hay sistema, is it online
        up 1: works, work at all, dead, crash, crashed, hung, frozen, colgado, trabado, lento, is it working, is everything ok, todo bien, respira
        closeDay 1: close out tonight, tonight s till, till report, close … till, close … register, cerrar la caja, cerrar el dia, cerrar turno
        closeDay 1: end the day, finish the day, terminar el dia, day s totals, totals of the day, totales del dia, cash count, count the cash
        closeDay 1: how did today go, how was today, como nos fue hoy, como estuvo el dia, balance del dia, daily report, reporte diario, informe diario
        closeDay 1: informe del dia, reporte del dia, reporte de hoy, resumen diario, daily recap, recap of today, cierre de hoy, nightly
        monthReport 1: last month in review, month recap, monthly recap, recap of the month, balance mensual, cuentas del mes, numeros del mes, cifras del mes
        monthReport 1: how did … month, como nos fue en, como nos fue el mes, como estuvo el mes, report for january, month to month, mes a mes, vs last month
        followUp 1: who to contact, a quien contactar, who should i, clients to call, customers to call, lista de llamadas, call back, check in with
        followUp 1: a quien debo llamar, message customers, write to, escribir a, escribirles, send reminder, mandar recordatorio, recordarles, campaign
        forecast 1: will we, vamos a, venderemos, how much will, cuanto vamos a, cuanto venderemos, la otra semana, que viene, next quarter, upcoming
        forecast 1: coming week, coming month, going to sell, expect to sell, esperamos vender, se espera, a futuro, next days, proximos dias, el otro mes
        chart 1: grafico de torta, grafico de, grafica de, pie chart, pastel de, bar graph, plot of, graph of, draw a, hacer un grafico, make a chart, mostrar en grafica
        reason 1: en que se nos va, what causes, por cual motivo, what for, main causes, principales causas, where do … losses
        analytics 0.8: figure, cifra, en que se nos va, numeros, balance
        """
}
